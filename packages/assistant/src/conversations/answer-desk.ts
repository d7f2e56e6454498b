import type { AssistantStore, ChatMessage, Owner, TurnEvent, TurnFrame } from '@quarterdeck/contract';
import { AnswerJob } from './answer-job.ts';
import { beatTime, isHeld, leaseOf } from './lease.ts';
import { cutAnswer, stepsOf, textOf } from './told-steps.ts';

export interface DeskParts {
  store: Pick<AssistantStore, 'addFrames' | 'frames' | 'deleteFrames' | 'putMessage' | 'unfinishedMessages' | 'takeWriting'>;
  /** Random for this process. */
  own: string;
  /** Epoch milliseconds. */
  now(): number;
  failed(error: Error): void;
}

export type FinishedEvent = Extract<TurnEvent, { type: 'finished' }>;

export interface WrittenAnswer {
  message: Partial<ChatMessage>;
  end: FinishedEvent;
}

/** Who has lost the stream finds a finished answer here for so long. Milliseconds. */
const lingers = 60_000;

/** The answers that are being written, and those that were a moment ago. */
export class AnswerDesk {
  private readonly parts: DeskParts;
  private readonly jobs = new Map<string, AnswerJob>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();
  /** Of the answers that are written here. */
  private readonly leases = new Map<string, string>();
  private beating: NodeJS.Timeout | null = null;
  private sweeping: NodeJS.Timeout | null = null;

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  /** Lets what was being written when its process ended end as what it is; what another process writes now is left alone. */
  async recover(): Promise<void> {
    for (const { message, writer } of await this.parts.store.unfinishedMessages()) {
      if (this.jobs.has(message.id) || isHeld(writer, this.parts.now())) continue;
      // Of several that look, one tells the end.
      if (!(await this.parts.store.takeWriting(message.id, writer, this.newLease()))) continue;
      const frames = await this.parts.store.frames(message.id);
      await this.parts.store.putMessage(
        cutAnswer(
          message,
          frames.map(({ event }) => event),
        ),
      );
      await this.parts.store.deleteFrames(message.id);
    }
  }

  /** Looks for such answers from time to time, until it is closed. */
  keepRecovering(): void {
    this.sweeping ??= setInterval(() => void this.recover().catch((thrown) => this.failed(thrown)), beatTime).unref();
  }

  /** What an answer that is begun here is stored with. */
  newLease(): string {
    return leaseOf(this.parts.own, this.parts.now());
  }

  /** Begins an answer; it goes on when whoever asked has gone. `lease` is what it was stored with. `write` tells events and gives the end, which is told once all is stored. */
  start(
    message: ChatMessage,
    { owner, lease }: { owner: Owner; lease: string },
    write: (job: AnswerJob) => Promise<WrittenAnswer>,
    done: (message: ChatMessage) => void = () => undefined,
  ): AnswerJob {
    const keeper = { add: (frames: readonly TurnFrame[]) => this.parts.store.addFrames(message.id, frames), failed: this.parts.failed };
    const job = new AnswerJob(message, ownerKey(owner), keeper);
    this.jobs.set(message.id, job);
    this.leases.set(message.id, lease);
    this.beating ??= setInterval(() => void this.beat().catch((thrown) => this.failed(thrown)), beatTime).unref();
    const run = this.run(job, write)
      .then(done)
      .catch((thrown) => this.failed(thrown));
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
    return job;
  }

  find(owner: Owner, id: string): AnswerJob | null {
    const job = this.jobs.get(id);
    return job !== undefined && job.owner === ownerKey(owner) ? job : null;
  }

  writes(id: string): boolean {
    return this.leases.has(id);
  }

  /** Stops all and waits until what there is of them is kept. */
  async close(): Promise<void> {
    for (const job of this.jobs.values()) job.stop();
    await Promise.all(this.running);
    for (const timer of [...this.timers, this.beating, this.sweeping]) if (timer !== null) clearTimeout(timer);
    this.beating = null;
    this.sweeping = null;
    this.jobs.clear();
  }

  private async run(job: AnswerJob, write: (job: AnswerJob) => Promise<WrittenAnswer>): Promise<ChatMessage> {
    const { message } = job;
    const { message: of, end } = await write(job);
    const events: TurnEvent[] = [...job.events, end];
    const written = { ...message, ...of, state: end.state, text: textOf(events), steps: stepsOf(events) };
    try {
      await this.parts.store.putMessage(written);
    } finally {
      // Whoever follows and looks again then finds it stored.
      job.tell(end);
      this.leases.delete(message.id);
      this.forgetLater(message.id);
    }
    await job.settled();
    await this.parts.store.deleteFrames(message.id);
    return written;
  }

  /** Says of all that is written here that it still is. */
  private async beat(): Promise<void> {
    for (const [id, lease] of this.leases) {
      const next = this.newLease();
      if ((await this.parts.store.takeWriting(id, lease, next)) && this.leases.has(id)) this.leases.set(id, next);
    }
  }

  private failed(thrown: unknown): void {
    this.parts.failed(thrown instanceof Error ? thrown : new Error(String(thrown)));
  }

  private forgetLater(id: string): void {
    const timer = setTimeout(() => {
      this.jobs.delete(id);
      this.timers.delete(timer);
    }, lingers).unref();
    this.timers.add(timer);
  }
}

function ownerKey({ user, organisation }: Owner): string {
  return JSON.stringify([organisation, user]);
}
