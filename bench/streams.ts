import { constants, access as reach } from 'node:fs/promises';
import { type Bench, type BenchContext, type Figure, MissingNeed } from './bench.ts';
import { startSandbox } from './harness/sandbox-cluster.ts';
import { measureCopy } from './streams/copy.ts';
import { measureEcho } from './streams/exec-echo.ts';
import { measureLogs } from './streams/logs.ts';
import { measurePortForward } from './streams/port-forward.ts';
import { type StreamSetup, setUpStreams } from './streams/stream-setup.ts';

const parts: Readonly<Record<string, (setup: StreamSetup, rounds: number) => Promise<Figure[]>>> = {
  logs: measureLogs,
  exec: measureEcho,
  copy: measureCopy,
  'port-forward': measurePortForward,
};

export const streams: Bench = {
  name: 'streams',
  summary: "logs, shells, copies and port-forwards beside kubectl's, on the same pod",
  needs: 'kubectl (or KUBECTL), a sandbox cluster with a real node or one that --kubeconfig names',
  options: {
    kubeconfig: { type: 'text', default: '', summary: "a cluster with the sandbox's images, in place of a new one" },
    rounds: { type: 'number', default: '7', summary: 'how often both take their turn' },
    only: { type: 'text', default: '', summary: `one of ${Object.keys(parts).join(', ')}` },
  },
  run,
};

async function run(context: BenchContext) {
  const kubectl = await findKubectl();
  const kubeconfig = context.text('kubeconfig') || (await startSandbox(context, 'bench-streams', { addons: false, keep: false })).kubeconfig;
  const setup = await setUpStreams(context, kubeconfig, kubectl);
  const figures: Figure[] = [];
  for (const [name, measure] of chosenParts(context.text('only'))) {
    context.tell(`${name}, taking turns with kubectl`);
    figures.push(...(await measure(setup, context.number('rounds'))));
  }
  return { figures, peers: {} };
}

function chosenParts(only: string) {
  const chosen = Object.entries(parts).filter(([name]) => only === '' || name === only);
  if (chosen.length === 0) throw new Error(`--only is "${only}", which is none of ${Object.keys(parts).join(', ')}.`);
  return chosen;
}

async function findKubectl(): Promise<string> {
  const program = process.env.KUBECTL || '/usr/bin/kubectl';
  await reach(program, constants.X_OK).catch(() => {
    throw new MissingNeed(`kubectl at ${program}; KUBECTL may name another place.`);
  });
  return program;
}
