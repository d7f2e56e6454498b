import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type Bench, type BenchContext, type Figure, MissingNeed } from './bench.ts';
import { root } from './harness/children.ts';
import { median } from './harness/percentile.ts';

export const cli: Bench = {
  name: 'cli',
  summary: 'how fast qd starts and lists pods, beside kubectl',
  needs: 'a cluster (--kubeconfig) and kubectl on the path, or --kubectl',
  options: {
    runs: { type: 'number', default: '15', summary: 'how often each command is run' },
    kubeconfig: { type: 'text', default: process.env.KUBECONFIG ?? '', summary: 'of the cluster that is asked' },
    kubectl: { type: 'text', default: 'kubectl', summary: 'the program that qd is measured beside' },
  },
  run,
};

interface Run {
  milliseconds: number;
  megabytes: number;
}

const qd = [process.execPath, path.join(root, 'bin/qd.js')];

async function run(context: BenchContext) {
  const kubeconfig = context.text('kubeconfig');
  const kubectl = context.text('kubectl');
  if (kubeconfig === '') throw new MissingNeed('no cluster is named: --kubeconfig FILE');
  const environment = { ...process.env, KUBECONFIG: kubeconfig };
  const measured = async (command: readonly string[], extra: Record<string, string> = {}) => {
    const runs: Run[] = [];
    for (let count = 0; count < context.number('runs'); count += 1) runs.push(await timed(command, { ...environment, ...extra }));
    return runs;
  };
  context.tell('qd version, then qd get pods and kubectl get pods, one after the other');
  await timed([...qd, 'version'], environment); // What was never compiled is compiled once.
  const version = await measured([...qd, 'version']);
  const ours = await measured([...qd, 'get', 'pods', '-A']);
  const theirs = await measured([kubectl, 'get', 'pods', '-A']);
  const cold = await measured([...qd, 'get', 'pods', '-A'], { NODE_DISABLE_COMPILE_CACHE: '1' });
  return { figures: figuresOf({ version, ours, theirs, cold }), peers: { [kubectl]: peerFigures(theirs) } };
}

function time(runs: readonly Run[]): number {
  return median(runs.map(({ milliseconds }) => milliseconds));
}

function memory(runs: readonly Run[]): number {
  return Math.max(...runs.map(({ megabytes }) => megabytes));
}

function peerFigures(runs: readonly Run[]): Figure[] {
  return [
    { name: 'get pods, median', value: time(runs), unit: 'ms' },
    { name: 'get pods, memory at most', value: memory(runs), unit: 'MB' },
  ];
}

function figuresOf({ version, ours, theirs, cold }: Record<'version' | 'ours' | 'theirs' | 'cold', readonly Run[]>): Figure[] {
  return [
    { name: 'qd version, median', value: time(version), unit: 'ms' },
    { name: 'qd get pods, median', value: time(ours), unit: 'ms' },
    { name: 'qd get pods, times kubectl', value: time(ours) / time(theirs), unit: '×', bar: { is: '<=', value: 3 } },
    { name: 'qd get pods, nothing compiled before, median', value: time(cold), unit: 'ms' },
    { name: 'qd get pods, memory at most', value: memory(ours), unit: 'MB' },
  ];
}

/** Time from the start to the end of a program, and its memory at most, as GNU time tells it. Throws where it fails. */
async function timed([program = '', ...args]: readonly string[], environment: NodeJS.ProcessEnv): Promise<Run> {
  const began = performance.now();
  const child = spawn('/usr/bin/time', ['-f', 'rss %M', program, ...args], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
  const [said] = await Promise.all([text(child.stderr), once(child, 'close')]);
  const milliseconds = performance.now() - began;
  if (child.exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${child.exitCode}: ${said}`);
  return { milliseconds, megabytes: Number(/rss (\d+)/.exec(said)?.[1] ?? Number.NaN) / 1024 };
}
