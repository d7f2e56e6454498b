import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { openForward } from '@quarterdeck/cluster';
import type { Figure } from '../bench.ts';
import { endChild, startChild } from '../harness/children.ts';
import { megabytesPerSecond, takeTurns } from './compare.ts';
import { type DownloadAsk, downloadAnswerSchema } from './download-worker.ts';
import { fileMegabytes, type StreamSetup } from './stream-setup.ts';

const bytes = fileMegabytes * 2 ** 20;

export async function measurePortForward(setup: StreamSetup, rounds: number): Promise<Figure[]> {
  const { access, namespace, pod, context } = setup;
  const request = { namespace, kind: 'Pod', name: pod, address: '127.0.0.1', ports: [{ local: 0, remote: 8080 }] };
  const forward = await openForward(access, request, { signal: context.signal });
  context.cleanup.add(() => forward.close());
  const ours = forward.ports[0]?.local ?? 0;
  const theirs = await forwardByKubectl(setup);
  const download = startDownloader(setup);
  const large = await takeTurns(
    rounds,
    () => download({ port: ours, file: 'large', bytes }),
    () => download({ port: theirs.port, file: 'large', bytes }),
  );
  const tiny = await takeTurns(
    rounds * 4,
    () => download({ port: ours, file: 'tiny', bytes: 5 }),
    () => download({ port: theirs.port, file: 'tiny', bytes: 5 }),
  );
  await theirs.end();
  await forward.close();
  return [
    { name: 'port-forward: throughput as a part of kubectl', value: large.theirs / large.ours, unit: 'x', bar: { is: '>=', value: 1 } },
    { name: 'port-forward: throughput', value: megabytesPerSecond(bytes, large.ours), unit: 'MB/s' },
    { name: "port-forward: kubectl's throughput", value: megabytesPerSecond(bytes, large.theirs), unit: 'MB/s' },
    { name: 'port-forward: a connection and five bytes', value: tiny.ours, unit: 'ms' },
    { name: "port-forward: kubectl's connection and five bytes", value: tiny.theirs, unit: 'ms' },
  ];
}

async function forwardByKubectl({ kubectl, kubeconfig, namespace, pod, context }: StreamSetup): Promise<{ port: number; end(): Promise<void> }> {
  const args = [`--kubeconfig=${kubeconfig}`, 'port-forward', '-n', namespace, pod, ':8080', '--address=127.0.0.1'];
  const child = startChild(context.cleanup, kubectl, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout === null) throw new Error('kubectl has no standard output.');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const port = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    // It writes a line for each connection and would stop where nobody reads.
    child.stdout.resume();
    return { port: Number(port), end: () => endChild(child) };
  }
  throw new Error('kubectl port-forward ended before it listened.');
}

/** Somebody else who downloads, one file after the other. */
function startDownloader({ context }: StreamSetup): (ask: DownloadAsk) => Promise<number> {
  const worker = new Worker(new URL('download-worker.ts', import.meta.url));
  context.cleanup.add(() => worker.terminate());
  return async (ask) => {
    const answered = once(worker, 'message', { signal: context.signal });
    worker.postMessage(ask);
    const [message] = await answered;
    const answer = downloadAnswerSchema.parse(message);
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  };
}
