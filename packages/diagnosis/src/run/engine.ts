import { type EvidenceReader, type EvidenceRequest, evidenceKey } from '@quarterdeck/cluster';
import type { Coverage } from '@quarterdeck/contract';
import { ClusterState, type ObjectChanges, type StateCoverage } from '../view/cluster-state.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { Concluding } from './concluding.ts';
import { coverageOf } from './coverage-of.ts';
import type { Diagnosis } from './diagnosis.ts';
import { Explaining } from './explained-findings.ts';
import type { Knowledge } from './knowledge.ts';
import { Analysis } from './object-findings.ts';
import { type Pace, unpaced } from './pace.ts';
import { defaultBudget, type EvidenceBudget, readEvidence, spreadOverWorkloads } from './read-evidence.ts';

export interface EngineInput {
  knowledge: Knowledge;
  /** The namespaces that are read; null for the whole cluster. */
  scope: ClusterView['scope'];
  /** Epoch milliseconds. */
  now: number;
  /** Resolves when others had their turn; without one, a pass runs through. */
  pace?: Pace;
}

/** Who reads evidence for a cluster that is followed: answers that it does not believe any more are asked for again. */
export interface FollowedEvidence extends EvidenceReader {
  isBelieved(request: EvidenceRequest): boolean;
}

export interface PassInput {
  /** Epoch milliseconds; never before that of the last pass. */
  now: number;
  evidence: EvidenceReader | FollowedEvidence;
  signal: AbortSignal;
  budget?: Partial<EvidenceBudget>;
}

/** Answers lead to further questions: a log names a Secret, the Secret is looked at. Deeper than this nothing asks. */
const mostRounds = 3;

/**
 * Diagnoses a cluster and follows its changes: objects → edges → findings → explanations → incidents. Each step notes
 * what it looked at, and is taken again only where that has changed; the outcome is always that of a fresh run. One
 * pass at a time; between passes `apply` and `cover` say what is new.
 */
export class DiagnosisEngine {
  readonly state: ClusterState;
  readonly #pace: Pace;
  readonly #analysis: Analysis;
  readonly #explaining: Explaining;
  readonly #concluding: Concluding;

  constructor({ knowledge, scope, now, pace = unpaced }: EngineInput) {
    this.#pace = pace;
    this.state = new ClusterState(scope, now);
    this.#explaining = new Explaining(this.state, knowledge.rules);
    this.#analysis = new Analysis(this.state, knowledge.analysers, (before, after) => this.#explaining.follow(before, after));
    this.#concluding = new Concluding(this.state, this.#explaining, knowledge);
  }

  async apply(changes: ObjectChanges): Promise<void> {
    await this.#run(this.state.apply(changes, (change) => this.#analysis.follow(change)));
  }

  cover(coverage: StateCoverage): void {
    this.state.coverage.set(coverage);
  }

  /** Works out what is new, and reads what is asked for. What cannot be read is coverage. Throws only CANCELLED. */
  async pass({ now, evidence, signal, budget: given }: PassInput): Promise<Diagnosis> {
    const budget = { ...defaultBudget, ...given };
    const deadline = AbortSignal.timeout(budget.milliseconds);
    this.state.tracker.advanceTo(now);
    await this.#settle();
    let left = budget.requests;
    let questions = [...this.state.evidence.open(), ...this.#doubted(evidence)];
    for (let round = 0; round < mostRounds && questions.length > 0; round++) {
      signal.throwIfAborted();
      const requests = spreadOverWorkloads(questions, this.state.view);
      const answered = await readEvidence({ requests, reader: evidence, left, budget, signal, deadline });
      left = Math.max(0, left - requests.length);
      for (const { request, answer } of answered) this.state.evidence.answer(evidenceKey(request), answer);
      await this.#settle();
      questions = this.state.evidence.open();
    }
    return this.#conclude();
  }

  /** What was answered and has to be asked again. */
  #doubted(evidence: EvidenceReader | FollowedEvidence): EvidenceRequest[] {
    if (!('isBelieved' in evidence)) return [];
    return this.state.evidence.answered().flatMap(({ request }) => (evidence.isBelieved(request) ? [] : [request]));
  }

  async #settle(): Promise<void> {
    await this.#run(this.state.settle());
    await this.#run(this.#analysis.settle());
    await this.#run(this.#explaining.settle());
  }

  async #conclude(): Promise<Diagnosis> {
    this.state.tidy();
    await this.#run(this.#concluding.settle());
    const { incidents } = this.#concluding.conclusions;
    return {
      incidents,
      findings: this.#explaining.findings(),
      coverage: this.#coverage(),
      view: this.state.view,
      nextCheckAt: this.state.tracker.nextMoment(),
    };
  }

  #coverage(): Coverage {
    return coverageOf(this.state, [...this.#analysis.crashes(), ...this.#explaining.crashes(), ...this.#concluding.conclusions.crashes]);
  }

  async #run(steps: Iterable<void>): Promise<void> {
    for (const _step of steps) {
      const wait = this.#pace.step();
      if (wait !== null) await wait;
    }
  }
}
