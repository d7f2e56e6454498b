import { AppError } from '@quarterdeck/contract';
import type { Pod } from '../pods/pods-of.ts';
import type { ByteStream, StreamRequest } from '../transport/transport.ts';
import { RefusingTransport } from './refusing-transport.ts';

interface Run {
  lines: string[];
  ended: boolean;
}

/**
 * The logs of pods with one container `app`, as an API server gives them: `sinceTime` in whole seconds, runs that end
 * and begin, streams that are cut, files that are rotated. Everything happens when the test says so.
 */
export class ContainerLogServer extends RefusingTransport {
  readonly queries: Record<string, unknown>[] = [];
  /** Bytes of one chunk; small ones cut lines in the middle. */
  chunkSize = 1000;
  /** What every call is answered with; null lets them pass. */
  refusal: AppError | null = null;
  private readonly runs = new Map<string, Run[]>();
  private readonly cuts = new Map<string, number>();
  private wake = Promise.withResolvers<void>();

  /** A new run of the container. */
  begin(pod: string): void {
    const runs = this.runs.get(pod) ?? [];
    const last = runs.at(-1);
    if (last !== undefined) last.ended = true;
    this.runs.set(pod, [...runs, { lines: [], ended: false }]);
    this.happened();
  }

  write(pod: string, ...lines: string[]): void {
    this.runs
      .get(pod)
      ?.at(-1)
      ?.lines.push(...lines);
    this.happened();
  }

  /** The run ends; the pod says so with `podOf`. */
  end(pod: string): void {
    const run = this.runs.get(pod)?.at(-1);
    if (run !== undefined) run.ended = true;
    this.happened();
  }

  /** Breaks the open streams of the pod off. */
  cut(pod: string): void {
    this.cuts.set(pod, (this.cuts.get(pod) ?? 0) + 1);
    this.happened();
  }

  /** The node forgets all lines so far. */
  rotate(pod: string): void {
    const run = this.runs.get(pod)?.at(-1);
    if (run !== undefined) run.lines = [];
  }

  /** As the cluster would show it now. */
  podOf(pod: string): Pod {
    const count = this.runs.get(pod)?.length ?? 0;
    const ended = this.runs.get(pod)?.at(-1)?.ended === true;
    const id = (run: number) => `containerd://${pod}-${run}`;
    const state = ended ? { terminated: { exitCode: 1, containerID: id(count) } } : { running: {} };
    const lastState = count > 1 ? { terminated: { exitCode: 1, containerID: id(count - 1) } } : {};
    const status = { name: 'app', image: '', imageID: '', ready: true, restartCount: count - 1, containerID: id(count), state, lastState };
    return {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: pod, namespace: 'shop', uid: pod } },
      spec: { containers: [{ name: 'app' }] },
      status: { phase: 'Running', containerStatuses: [status] },
    };
  }

  override async bytes({ path, query = {}, signal }: StreamRequest): Promise<ByteStream> {
    this.queries.push(query);
    if (this.refusal !== null) throw this.refusal;
    signal.addEventListener('abort', () => this.happened(), { once: true });
    const pod = path.split('/').at(-2) ?? '';
    const run = this.runs.get(pod)?.at(query.previous === 'true' ? -2 : -1);
    if (run === undefined) throw new AppError('VALIDATION_ERROR', 'The container is waiting to start.');
    return { chunks: this.chunks(pod, run, query, signal), close: () => undefined };
  }

  private async *chunks(pod: string, run: Run, query: NonNullable<StreamRequest['query']>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const cuts = this.cuts.get(pod);
    const refuseCut = () => {
      if (this.cuts.get(pod) !== cuts) throw new AppError('CLUSTER_UNREACHABLE', 'The connection broke off.');
      if (signal.aborted) throw new AppError('CANCELLED', 'Cancelled.');
    };
    const since = typeof query.sinceTime === 'string' ? query.sinceTime.slice(0, 19) : '';
    for (let at = 0; ; ) {
      refuseCut();
      const bytes = bytesOf(run.lines.slice(at).filter((line) => line >= since));
      at = run.lines.length;
      for (let start = 0; start < bytes.byteLength; start += this.chunkSize) {
        yield bytes.subarray(start, start + this.chunkSize);
        refuseCut();
      }
      if (at < run.lines.length) continue;
      if (run.ended || query.follow !== 'true') return;
      await this.wake.promise;
    }
  }

  private happened(): void {
    this.wake.resolve();
    this.wake = Promise.withResolvers();
  }
}

function bytesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}
