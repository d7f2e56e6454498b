import { AppError, type LogEntry, type LogMarker, type LogSource, type LogStart, retryable, toAppError } from '@quarterdeck/contract';
import type { Pod } from '../pods/pods-of.ts';
import type { ByteStream, Transport } from '../transport/transport.ts';
import { backoffMs } from '../watch/backoff.ts';
import { type ContainerInstance, instanceOf, isFinished } from './container-instance.ts';
import { containerLogCall } from './container-log-call.ts';
import { LineDecoder } from './line-decoder.ts';
import { LineQueue } from './line-queue.ts';
import { saysLogIsMissing } from './missing-log.ts';
import { type Replay, ResumePoint } from './resume-point.ts';
import { Bell, type StreamClock } from './stream-clock.ts';

/** A log that is silent for so long is asked for again: the connection may be dead without anybody knowing. Milliseconds. */
const silenceMs = 300_000;
/** So long after a run of a container ended, its pod says so. Milliseconds. */
const statusDelayMs = 4_000;
/** How often a read that is not followed is taken up again after a cut. */
const readAttempts = 4;

/** After a cut it is asked for again; at the latest after so long. Milliseconds. */
const longestPauseMs = 5_000;

interface Run {
  /** The runtime's id. */
  id: string;
  /** Whether it is read to its end. */
  finished: boolean;
}

export interface ContainerLogOptions {
  api: Transport;
  pod: Pod;
  container: string;
  follow: boolean;
  previous: boolean;
  start: LogStart;
  clock: StreamClock;
  signal: AbortSignal;
  /** Called when there are new lines or the state changed. */
  onChange(): void;
  onLost(lines: number): void;
}

/** The log of one container of one pod, over all its runs while it is followed. Its lines wait in `queue`. */
export class ContainerLog {
  readonly queue = new LineQueue();
  readonly pod: string;
  readonly container: string;
  /** Whether more may come. */
  live = true;
  heardAt: number;
  state: LogSource['state'] = 'waiting';
  reason: string | null = null;
  error: AppError | null = null;
  private readonly options: ContainerLogOptions;
  private readonly decoder: LineDecoder;
  private readonly resume = new ResumePoint();
  private readonly changed: Bell;
  private readonly drained: Bell;
  private current: Pod;
  private gone = false;
  private start: LogStart;

  constructor(options: ContainerLogOptions) {
    this.options = options;
    this.current = options.pod;
    this.pod = options.pod.metadata.name;
    this.container = options.container;
    this.start = options.start;
    this.decoder = new LineDecoder(this.pod, this.container);
    this.heardAt = options.clock.now();
    this.changed = new Bell(options.clock, options.signal);
    this.drained = new Bell(options.clock, options.signal);
  }

  /** Resolves when nothing more comes; never rejects: what went wrong is its state. */
  async run(): Promise<void> {
    try {
      await (this.options.follow ? this.follow() : this.readOnce());
      this.become('ended', null);
    } catch (thrown) {
      if (!this.options.signal.aborted) this.fail(toAppError(thrown));
    } finally {
      this.live = false;
      this.options.onChange();
    }
  }

  /** The pod as it is now. */
  update(pod: Pod): void {
    this.current = pod;
    this.changed.ring();
  }

  /** The pod is no longer there. */
  remove(): void {
    if (this.gone) return;
    this.gone = true;
    if (this.live) this.changed.ring();
    else this.tellDeleted();
  }

  tellJoined(): void {
    this.mark('joined', `The pod ${this.pod} joined.`);
  }

  tellRollout(revision: string): void {
    this.mark('rollout', `Rollout: with the pod ${this.pod}, revision ${revision} begins.`);
  }

  /** The reader took lines off the queue. */
  taken(): void {
    if (this.queue.full) return;
    this.queue.dropping = false;
    this.drained.ring();
  }

  private get instance(): ContainerInstance {
    return instanceOf(this.current, this.container);
  }

  private async readOnce(): Promise<void> {
    this.become('streaming', null);
    await this.readWhole(this.options.previous);
  }

  /** Reads to the end without following, from where it was read to; a cut is taken up again. */
  private async readWhole(previous: boolean): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if ((await this.attempt({ previous, follow: false })) === 'ended') return;
      } catch (thrown) {
        const error = toAppError(thrown);
        if (attempt === readAttempts || !retryable[error.code]) throw error;
      }
      await this.changed.next(backoffMs(attempt, Math.random));
      this.options.signal.throwIfAborted();
    }
  }

  /** Run after run of the container, until the pod is gone or done. */
  private async follow(): Promise<void> {
    let last: Run | null = null;
    let failures = 0;
    for (let instance = await this.nextRun(last); instance !== null; instance = await this.nextRun(last)) {
      const { id } = instance;
      if (last !== null && last.id !== id) await this.changeRun(last, instance);
      this.become('streaming', null);
      const end = await this.attemptOrFail(id);
      last = { id, finished: end === 'ended' && (await this.hasEnded(id)) };
      failures = end === 'cut' ? failures + 1 : 0;
      if (end === 'ended') continue;
      if (this.gone) return this.tellDeleted();
      await this.changed.next(Math.min(longestPauseMs, backoffMs(failures - 1, Math.random) / 4));
    }
  }

  /** Waits until there is a run that is not read to its end; null where none will come. */
  private async nextRun(last: Run | null): Promise<(ContainerInstance & { id: string }) | null> {
    const finished = last?.finished === true;
    for (;;) {
      this.options.signal.throwIfAborted();
      const instance = this.instance;
      const { id } = instance;
      if (id !== null && !(finished && id === last?.id)) return { ...instance, id };
      if (this.isOver(finished)) return null;
      this.become(finished ? 'ended' : 'waiting', instance.reason);
      await this.changed.next();
    }
  }

  private isOver(finished: boolean): boolean {
    if (this.gone) this.tellDeleted();
    return this.gone || (isFinished(this.current) && (finished || this.instance.id === null));
  }

  private tellDeleted(): void {
    this.mark('deleted', `The pod ${this.pod} is deleted.`);
  }

  /** The container was started anew: what is left of the run before it, then a word, then the new one from its beginning. */
  private async changeRun(last: Run, instance: ContainerInstance): Promise<void> {
    if (!last.finished) {
      if (instance.previousId === last.id) await this.readRest();
      else this.tellGap('The container was started several times meanwhile: lines of the runs in between may be missing.');
    }
    this.resume.reset();
    this.decoder.reset();
    this.start = {};
    this.mark('restarted', `Container ${this.container} of ${this.pod} was started again (restart ${instance.restarts}).`);
  }

  private async readRest(): Promise<void> {
    try {
      await this.readWhole(true);
    } catch (thrown) {
      this.tellGap(`The end of the run before can't be read any more: ${toAppError(thrown).message}`);
    }
  }

  /** Whether the run `id` will write nothing more. Its pod says so a little after its log ended. */
  private async hasEnded(id: string): Promise<boolean> {
    const until = this.options.clock.now() + statusDelayMs;
    for (;;) {
      const { instance } = this;
      if (this.gone || (instance.id === id && !instance.running)) return true;
      const left = until - this.options.clock.now();
      if (instance.id !== id || left <= 0 || this.options.signal.aborted) return false;
      await this.changed.next(left);
    }
  }

  /** What may pass by itself counts as a cut; a refusal is thrown. */
  private async attemptOrFail(id: string): Promise<'ended' | 'cut'> {
    try {
      return await this.attempt({ previous: false, follow: true, run: id });
    } catch (thrown) {
      const error = toAppError(thrown);
      const passes = retryable[error.code] || error.code === 'NOT_FOUND' || error.code === 'VALIDATION_ERROR';
      if (!passes || this.options.signal.aborted) throw error;
      this.become('waiting', error.message);
      return 'cut';
    }
  }

  private async attempt({ previous, follow, run = null }: { previous: boolean; follow: boolean; run?: string | null }): Promise<'ended' | 'cut'> {
    const { api, signal } = this.options;
    const sinceTime = this.resume.sinceTime;
    const start = sinceTime === null ? this.start : { sinceTime };
    const { namespace = '', name } = this.options.pod.metadata;
    const request = containerLogCall({ namespace, pod: name, container: this.container, previous, follow, ...start, signal });
    this.decoder.reset();
    const stream = await api.bytes({ ...request, idleTimeoutMs: silenceMs });
    try {
      return await this.read(stream, this.resume.replay(), run);
    } finally {
      stream.close();
    }
  }

  private async read(stream: ByteStream, replay: Replay, run: string | null): Promise<'ended' | 'cut'> {
    for await (const chunk of stream.chunks) {
      this.heardAt = this.options.clock.now();
      const searching = replay.state === 'searching';
      const entries = this.decoder.push(chunk);
      if (entries[0]?.time === '') refuseMissing(entries[0].text);
      const fresh = replay.take(entries);
      if (searching && replay.state === 'missing' && (await this.isOtherRun(run))) return 'cut';
      if (searching && replay.state === 'missing')
        this.tellGap(`The node no longer has the line after which to go on: lines after ${this.resume.time} may be missing.`);
      await this.deliver(fresh);
    }
    const last = this.decoder.end();
    if (last[0]?.time === '') refuseMissing(last[0].text);
    await this.deliver(replay.take(last));
    await this.deliver(replay.end());
    return 'ended';
  }

  /** Whether what the node serves is a newer run than its pod has told so far. */
  private async isOtherRun(run: string | null): Promise<boolean> {
    if (run === null) return false;
    const until = this.options.clock.now() + statusDelayMs;
    for (let left = statusDelayMs; left > 0 && this.instance.id === run && !this.gone; left = until - this.options.clock.now()) {
      if (this.options.signal.aborted) return false;
      await this.changed.next(left);
    }
    return this.instance.id !== run && !this.gone;
  }

  private async deliver(entries: LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    for (const entry of entries) this.resume.note(entry);
    this.add(entries);
    if (this.queue.full && !this.queue.dropping) await this.room();
  }

  /** Pauses until the reader took enough, or for so long that the node might throw lines away: then the oldest here go, counted. */
  private async room(): Promise<void> {
    const { clock, signal, follow } = this.options;
    const until = follow ? clock.now() + this.queue.patienceMs() : Number.POSITIVE_INFINITY;
    while (this.queue.full && !signal.aborted) {
      const left = until - clock.now();
      if (left <= 0) {
        this.queue.dropping = true;
        return;
      }
      await this.drained.next(follow ? left : null);
    }
  }

  private tellGap(text: string): void {
    this.mark('gap', text);
  }

  private mark(marker: LogMarker, text: string): void {
    this.add([{ pod: this.pod, container: this.container, time: this.resume.time, text, marker }]);
  }

  private add(entries: LogEntry[]): void {
    const dropped = this.queue.push(entries, this.options.clock.now());
    if (dropped > 0) this.options.onLost(dropped);
    this.options.onChange();
  }

  private fail(error: AppError): void {
    this.error = error;
    this.become('failed', error.message);
    this.mark('failed', error.message);
  }

  private become(state: LogSource['state'], reason: string | null): void {
    if (this.state === state && this.reason === reason) return;
    this.state = state;
    this.reason = reason;
    this.options.onChange();
  }
}

/** The node answers with success and a sentence where the runtime no longer has the log. */
function refuseMissing(text: string): void {
  if (!saysLogIsMissing(text)) return;
  throw new AppError('NOT_FOUND', 'The node no longer has this log.', { hint: 'The container was removed from the node; its log went with it.' });
}
