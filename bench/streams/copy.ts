import path from 'node:path';
import { apiOf, copyFromPod, copyToPod } from '@quarterdeck/cluster';
import type { Figure } from '../bench.ts';
import { megabytesPerSecond, takeTurns, timedBeyond } from './compare.ts';
import { fileMegabytes, type StreamSetup } from './stream-setup.ts';

const bytes = fileMegabytes * 2 ** 20;

export async function measureCopy(setup: StreamSetup, rounds: number): Promise<Figure[]> {
  const { access, namespace, pod, folder, run, context } = setup;
  const { signal } = context;
  const local = (who: string, file: string) => path.join(folder, `${file}-${who}`);
  const from = (file: string) => copyFromPod(apiOf(access), { namespace, pod, path: `/data/${file}`, destination: local('ours', file), signal });
  const kubectlFrom = (file: string) => run('kubectl', 'cp', `${pod}:data/${file}`, local('theirs', file));
  const down = await takeTurns(
    rounds,
    () =>
      timedBeyond(
        () => from('tiny'),
        () => from('large'),
      ),
    () =>
      timedBeyond(
        () => kubectlFrom('tiny'),
        () => kubectlFrom('large'),
      ),
  );
  const to = (file: string) => copyToPod(apiOf(access), { namespace, pod, source: local('ours', file), path: `/data/${file}-back`, signal });
  const kubectlTo = (file: string) => run('kubectl', 'cp', local('ours', file), `${pod}:data/${file}-back`);
  const up = await takeTurns(
    rounds,
    () =>
      timedBeyond(
        () => to('tiny'),
        () => to('large'),
      ),
    () =>
      timedBeyond(
        () => kubectlTo('tiny'),
        () => kubectlTo('large'),
      ),
  );
  return [
    { name: 'copy out: throughput as a part of kubectl', value: down.theirs / down.ours, unit: 'x', bar: { is: '>=', value: 1 } },
    { name: 'copy out: throughput', value: megabytesPerSecond(bytes, down.ours), unit: 'MB/s' },
    { name: "copy out: kubectl's throughput", value: megabytesPerSecond(bytes, down.theirs), unit: 'MB/s' },
    { name: 'copy in: throughput as a part of kubectl', value: up.theirs / up.ours, unit: 'x', bar: { is: '>=', value: 1 } },
    { name: 'copy in: throughput', value: megabytesPerSecond(bytes, up.ours), unit: 'MB/s' },
    { name: "copy in: kubectl's throughput", value: megabytesPerSecond(bytes, up.theirs), unit: 'MB/s' },
  ];
}
