import { openLogs } from '@quarterdeck/cluster';
import type { Figure } from '../bench.ts';
import { megabytesPerSecond, takeTurns, timed, timedBeyond } from './compare.ts';
import { lineBytes, logLines, type StreamSetup } from './stream-setup.ts';

/** Of the lines alone. Both read them with their times, which ours always have. */
const bytes = logLines * (lineBytes + 1);

export async function measureLogs(setup: StreamSetup, rounds: number): Promise<Figure[]> {
  const { run, pod } = setup;
  const beyond = await takeTurns(
    rounds,
    () =>
      timedBeyond(
        () => readLog(setup, 1),
        () => readLog(setup, null),
      ),
    () =>
      timedBeyond(
        () => run('kubectl', 'logs', pod, '--timestamps', '--tail=1'),
        () => run('kubectl', 'logs', pod, '--timestamps'),
      ),
  );
  const whole = await takeTurns(
    rounds,
    () => timed(() => run('qd', 'logs', pod)),
    () => timed(() => run('kubectl', 'logs', pod)),
  );
  return [
    { name: 'logs: throughput as a part of kubectl', value: beyond.theirs / beyond.ours, unit: 'x', bar: { is: '>=', value: 1 } },
    { name: 'logs: throughput', value: megabytesPerSecond(bytes, beyond.ours), unit: 'MB/s' },
    { name: "logs: kubectl's throughput", value: megabytesPerSecond(bytes, beyond.theirs), unit: 'MB/s' },
    { name: 'logs: qd from start to end', value: whole.ours, unit: 'ms' },
    { name: 'logs: kubectl from start to end', value: whole.theirs, unit: 'ms' },
  ];
}

async function readLog({ access, namespace, pod, context }: StreamSetup, tail: number | null): Promise<void> {
  const request = { namespace, kind: 'Pod', name: pod, containers: 'default' as const, follow: false, previous: false };
  const stream = await openLogs(access, { ...request, ...(tail === null ? {} : { tail }) }, { signal: context.signal });
  let lines = 0;
  for await (const entries of stream) lines += entries.length;
  await stream.close();
  if (lines !== (tail ?? logLines)) throw new Error(`The log had ${lines} lines in place of ${tail ?? logLines}.`);
}
