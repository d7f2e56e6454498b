import { once } from 'node:events';
import { apiOf, execInPod } from '@quarterdeck/cluster';
import type { Figure } from '../bench.ts';
import { endChild, startChild } from '../harness/children.ts';
import { percentile } from '../harness/percentile.ts';
import type { StreamSetup } from './stream-setup.ts';

/** A program in the container that sends back what it is sent. */
interface Echo {
  /** Milliseconds from a line that is written to the same line read. */
  round(): Promise<number>;
  end(): Promise<void>;
}

const line = 'a key that somebody pressed\n';
const blocks = 8;

/** Takes turns in blocks: both sessions are open all the time. */
export async function measureEcho(setup: StreamSetup, rounds: number): Promise<Figure[]> {
  const [ours, theirs] = [await openOurs(setup), await openKubectl(setup)];
  const taken: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (const echo of [ours, theirs]) await echo.round();
  for (let block = 0; block < blocks; block += 1) {
    for (let round = 0; round < rounds * 5; round += 1) taken.ours.push(await ours.round());
    for (let round = 0; round < rounds * 5; round += 1) taken.theirs.push(await theirs.round());
  }
  for (const echo of [ours, theirs]) await echo.end();
  return [50, 95].flatMap((rank): Figure[] => {
    const [mine, other] = [percentile(taken.ours, rank), percentile(taken.theirs, rank)];
    return [
      { name: `exec: echo as a part of kubectl's, p${rank}`, value: mine / other, unit: 'x', bar: { is: '<=', value: 1 } },
      { name: `exec: echo, p${rank}`, value: mine, unit: 'ms' },
      { name: `exec: kubectl's echo, p${rank}`, value: other, unit: 'ms' },
    ];
  });
}

async function openOurs({ access, namespace, pod, context }: StreamSetup): Promise<Echo> {
  const session = await execInPod(apiOf(access), { namespace, pod, command: ['cat'], stdin: true, signal: context.signal });
  context.cleanup.add(() => session.close());
  // Ours to end: nobody else waits for how it ended.
  session.status.catch(() => undefined);
  const output = session.stdout[Symbol.asyncIterator]();
  return {
    async round() {
      const from = performance.now();
      await session.write(Buffer.from(line));
      for (let read = 0; read < line.length; ) {
        const { value, done } = await output.next();
        if (done === true) throw new Error('The program in the container ended.');
        read += value.byteLength;
      }
      return performance.now() - from;
    },
    async end() {
      session.close();
    },
  };
}

async function openKubectl({ kubectl, kubeconfig, namespace, pod, context }: StreamSetup): Promise<Echo> {
  const args = [`--kubeconfig=${kubeconfig}`, 'exec', '-i', '-n', namespace, pod, '--', 'cat'];
  const child = startChild(context.cleanup, kubectl, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('kubectl has no streams.');
  return {
    async round() {
      const from = performance.now();
      stdin.write(line);
      for (let read = 0; read < line.length; ) {
        const [chunk] = await once(stdout, 'data');
        read += Buffer.byteLength(chunk);
      }
      return performance.now() - from;
    },
    end: () => endChild(child),
  };
}
