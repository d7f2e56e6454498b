import type { EvidenceReader, EvidenceRequest } from '@quarterdeck/cluster';
import type { Coverage } from '@quarterdeck/contract';
import type { Incident } from '../model/incident.ts';
import { containerNamed } from '../pods/containers.ts';
import { CachedEvidence, evidenceLifetime } from './cached-evidence.ts';
import type { Diagnosis } from './diagnosis.ts';
import { DiagnosisEngine } from './engine.ts';
import { builtInKnowledge, type Knowledge } from './knowledge.ts';
import type { DiagnosisClock, ObjectFollower, ObjectSource } from './object-source.ts';
import { type HeldIncident, OpenIncidents } from './open-incidents.ts';
import { createPace, type Pace } from './pace.ts';
import { messageOf } from './skipped.ts';

export interface LiveDiagnosisInput {
  source: ObjectSource;
  evidence: EvidenceReader;
  clock: DiagnosisClock;
  /** Ends it. */
  signal: AbortSignal;
  /** All registered analysers and rules where left out. */
  knowledge?: Knowledge;
}

/** What a pass changed, and how things stand after it. */
export interface DiagnosisUpdate {
  upserts: readonly Incident[];
  /** Ids. */
  removes: readonly string[];
  incidents: readonly Incident[];
  /** Those of them whose symptoms are gone, and that are kept for a while; by id. */
  held: ReadonlyMap<string, HeldIncident>;
  coverage: Coverage;
  /** Epoch milliseconds. */
  checkedAt: number;
  /** Milliseconds that the check took, with what it read for it. */
  took: number;
  diagnosis: Diagnosis;
}

export interface LiveDiagnosis {
  /** The latest; null before the first pass. */
  current(): DiagnosisUpdate | null;
  /** Resolves with the first pass; rejects when that fails or the diagnosis is ended before. */
  ready(): Promise<DiagnosisUpdate>;
  /** Called after every pass; a listener does not throw. Returns how to end it. */
  subscribe(listener: (update: DiagnosisUpdate) => void): () => void;
  /** Resolves when the signal has ended it. */
  readonly ended: Promise<void>;
}

/** Changes within this time are looked at together. Milliseconds. */
const debounce = 250;
/** A pass takes about a third of the time at most, so that a busy cluster leaves the process room for people. */
const restFactor = 2;
const longestRest = 2_000;
const longestSleep = 3_600_000;

/** What follows the cluster: made anew where a check failed. */
interface Following {
  follower: ObjectFollower;
  engine: DiagnosisEngine | null;
}

/** Looks again whenever objects change, a symptom becomes old enough or a log may say something else. One pass at a time. */
export function createLiveDiagnosis(input: LiveDiagnosisInput): LiveDiagnosis {
  const live = new Live(input);
  return { current: () => live.latest, ready: () => live.first.promise, subscribe: (listener) => live.subscribe(listener), ended: live.ended };
}

class Live {
  latest: DiagnosisUpdate | null = null;
  readonly ended: Promise<void>;
  readonly first = Promise.withResolvers<DiagnosisUpdate>();
  readonly #input: LiveDiagnosisInput;
  readonly #knowledge: Knowledge;
  readonly #listeners = new Set<(update: DiagnosisUpdate) => void>();
  readonly #open: OpenIncidents;
  readonly #evidence: CachedEvidence;
  readonly #pace: Pace;
  #following: Following | null = null;
  #changed = false;
  #wake: () => void = () => undefined;

  constructor(input: LiveDiagnosisInput) {
    this.#input = input;
    this.#knowledge = input.knowledge ?? builtInKnowledge;
    this.#open = new OpenIncidents(this.#knowledge.codes);
    this.#pace = createPace(() => input.clock.sleep(0, input.signal));
    const secretVersion = (namespace: string, name: string) =>
      this.#following?.engine?.state.index.get('Secret', namespace, name)?.metadata.resourceVersion ?? '';
    this.#evidence = new CachedEvidence({
      reader: input.evidence,
      now: () => input.clock.now(),
      secretVersion,
      isSteady: (request) => this.#isSteady(request),
    });
    this.first.promise.catch(() => undefined); // Whoever waits for it is told; nobody has to wait.
    this.ended = this.#run()
      .catch((thrown: unknown) => {
        this.first.reject(thrown);
        if (!input.signal.aborted) throw thrown;
      })
      .finally(() => this.#leave());
  }

  subscribe(listener: (update: DiagnosisUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #isSteady(request: EvidenceRequest): boolean {
    if (request.need !== 'log' || request.previous) return false;
    const pod = this.#following?.engine?.state.index.get('Pod', request.namespace, request.pod);
    const status = pod === undefined ? undefined : containerNamed(pod, request.container)?.status;
    return status?.ready === true && status.state?.running !== undefined;
  }

  #onChange(): void {
    this.#changed = true;
    this.#wake();
  }

  async #run(): Promise<void> {
    const { clock, signal } = this.#input;
    for (;;) {
      const startedAt = clock.now();
      this.#changed = false;
      const nextCheckAt = await this.#pass();
      const duration = clock.now() - startedAt;
      await this.#untilChanged(nextCheckAt);
      await clock.sleep(Math.max(debounce, Math.min(longestRest, duration * restFactor)), signal);
    }
  }

  /** Until something changes or the time has come, whichever is first. */
  async #untilChanged(nextCheckAt: number | null): Promise<void> {
    const { clock, signal } = this.#input;
    if (this.#changed) return;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    const wait = nextCheckAt === null ? longestSleep : Math.min(longestSleep, Math.max(0, nextCheckAt - clock.now()));
    try {
      await clock.sleep(wait, AbortSignal.any([signal, woken.signal]));
    } catch (thrown) {
      if (!woken.signal.aborted || signal.aborted) throw thrown;
    }
  }

  /** Returns when to look again though nothing changes. A check that fails is told under coverage, and tried again. */
  async #pass(): Promise<number | null> {
    const { clock, signal } = this.#input;
    try {
      const { update, nextCheckAt } = await this.#check();
      this.#tell(update);
      this.first.resolve(update);
      return nextCheckAt;
    } catch (thrown) {
      signal.throwIfAborted();
      this.first.reject(thrown);
      this.#leave(); // Half a check is in no state to go on from.
      const skipped = [{ what: 'the latest check', reason: `it failed: ${messageOf(thrown)}` }];
      if (this.latest !== null) this.#tell({ ...this.latest, upserts: [], removes: [], coverage: { complete: false, skipped } });
      return clock.now() + evidenceLifetime;
    }
  }

  async #check(): Promise<{ update: DiagnosisUpdate; nextCheckAt: number | null }> {
    this.#following ??= { follower: this.#input.source.follow(() => this.#onChange()), engine: null };
    const { scope, takenAt: now, ...taken } = this.#following.follower.take();
    const engine = this.#following.engine ?? new DiagnosisEngine({ knowledge: this.#knowledge, scope, now, pace: this.#pace });
    this.#following.engine = engine;
    engine.cover(taken);
    await engine.apply(taken);
    const diagnosis = await engine.pass({ now, evidence: this.#evidence, signal: this.#input.signal });
    const { upserts, removes, incidents, held, nextCheckAt } = this.#open.update(diagnosis);
    const logsAt = this.#evidence.keep(engine.state.evidence.answered().map(({ request }) => request));
    const times = [diagnosis.nextCheckAt, nextCheckAt, logsAt].filter((at) => at !== null);
    const took = this.#input.clock.now() - now;
    const update = { upserts, removes, incidents, held, coverage: diagnosis.coverage, checkedAt: now, took, diagnosis };
    return { update, nextCheckAt: times.length === 0 ? null : Math.min(...times) };
  }

  #leave(): void {
    this.#following?.follower.end();
    this.#following = null;
  }

  #tell(update: DiagnosisUpdate): void {
    this.latest = update;
    for (const listener of this.#listeners) listener(update);
  }
}
