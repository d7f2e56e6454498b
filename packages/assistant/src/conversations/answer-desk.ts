import type { AssistantStore, ChatMessage, Owner, TurnEvent, TurnFrame } from '@quarterdeck/contract';
import { AnswerJob } from './answer-job.ts';
import { cutAnswer, stepsOf, textOf } from './told-steps.ts';

export interface DeskParts {
  store: Pick<AssistantStore, 'addFrames' | 'frames' | 'deleteFrames' | 'putMessage' | 'unfinishedMessages'>;
  failed(error: Error): void;
}

/** Who has lost the stream finds a finished answer here for so long. Milliseconds. */
const lingers = 60_000;

/** The answers that are being written, and those that were a moment ago. */
export class AnswerDesk {
  private readonly parts: DeskParts;
  private readonly jobs = new Map<string, AnswerJob>();
  private readonly running = new Set<Promise<void>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(parts: DeskParts) {
    this.parts = parts;
  }

  /** Lets what was being written when the workbench stopped end as what it is. */
  async recover(): Promise<void> {
    for (const message of await this.parts.store.unfinishedMessages()) {
      if (this.jobs.has(message.id)) continue;
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

  /** Begins an answer; it goes on when whoever asked has gone. `write` tells events and must end with `finished`. */
  start(message: ChatMessage, owner: Owner, write: (job: AnswerJob) => Promise<Partial<ChatMessage>>): AnswerJob {
    const keeper = { add: (frames: readonly TurnFrame[]) => this.parts.store.addFrames(message.id, frames), failed: this.parts.failed };
    const job = new AnswerJob(message, ownerKey(owner), keeper);
    this.jobs.set(message.id, job);
    const run = this.run(job, write).catch((thrown) => this.parts.failed(thrown instanceof Error ? thrown : new Error(String(thrown))));
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
    return job;
  }

  find(owner: Owner, id: string): AnswerJob | null {
    const job = this.jobs.get(id);
    return job !== undefined && job.owner === ownerKey(owner) ? job : null;
  }

  /** Stops all and waits until what there is of them is kept. */
  async close(): Promise<void> {
    for (const job of this.jobs.values()) job.stop();
    await Promise.all(this.running);
    for (const timer of this.timers) clearTimeout(timer);
    this.jobs.clear();
  }

  private async run(job: AnswerJob, write: (job: AnswerJob) => Promise<Partial<ChatMessage>>): Promise<void> {
    const { message } = job;
    const end = await write(job);
    const events: TurnEvent[] = job.events;
    const finished = events.at(-1);
    const state = finished?.type === 'finished' ? finished.state : 'failed';
    await this.parts.store.putMessage({ ...message, ...end, state, text: textOf(events), steps: stepsOf(events) });
    await job.settled();
    await this.parts.store.deleteFrames(message.id);
    const timer = setTimeout(() => {
      this.jobs.delete(message.id);
      this.timers.delete(timer);
    }, lingers).unref();
    this.timers.add(timer);
  }
}

function ownerKey({ user, organisation }: Owner): string {
  return JSON.stringify([organisation, user]);
}
