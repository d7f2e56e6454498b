import { type EvidenceAnswer, type EvidenceRequest, evidenceKey } from '@quarterdeck/cluster';
import { type ObjectRef, refKey, refTo } from '@quarterdeck/contract';
import { Cell } from '../incremental/cell.ts';
import { equalValues } from '../incremental/equal-values.ts';
import { KeyedLists } from '../incremental/keyed-lists.ts';
import type { Tracker } from '../incremental/tracker.ts';
import { compareText } from '../resolve/compare-chains.ts';

/** A question that somebody asks, with its answer where there is one. */
export class Question extends Cell {
  readonly key: string;
  readonly request: EvidenceRequest;
  answer: EvidenceAnswer | undefined;

  constructor(key: string, request: EvidenceRequest) {
    super();
    this.key = key;
    this.request = request;
  }
}

export interface Refusal {
  request: EvidenceRequest;
  reason: string;
}

/** The questions that are asked, and what was answered. */
export class EvidenceBook {
  readonly #tracker: Tracker;
  readonly #questions = new Map<string, Question>();
  readonly #refusals: KeyedLists<Refusal>;
  readonly #beforehand: ReadonlyMap<string, EvidenceAnswer>;
  #version = 0;

  /** `answers`: what is known beforehand, by key. */
  constructor(tracker: Tracker, answers: ReadonlyMap<string, EvidenceAnswer>) {
    this.#tracker = tracker;
    this.#beforehand = answers;
    this.#refusals = new KeyedLists(tracker, (a, b) => compareText(evidenceKey(a.request), evidenceKey(b.request)));
  }

  /** Changes with every answer. */
  get version(): number {
    return this.#version;
  }

  ask(request: EvidenceRequest): EvidenceAnswer | undefined {
    const key = evidenceKey(request);
    const question = this.#questions.get(key) ?? this.#open(key, request);
    this.#tracker.read(question);
    return question.answer;
  }

  /** Those without an answer, in a stable order. */
  open(): EvidenceRequest[] {
    const open = [...this.#questions.values()].filter(({ answer }) => answer === undefined);
    return open.sort((a, b) => compareText(a.key, b.key)).map(({ request }) => request);
  }

  answered(): Question[] {
    return [...this.#questions.values()].filter(({ answer }) => answer !== undefined);
  }

  /** Whoever asked is told where the answer is another one than before. */
  answer(key: string, answer: EvidenceAnswer): void {
    const question = this.#questions.get(key);
    if (question === undefined || equalValues(question.answer, answer)) return;
    question.answer = answer;
    this.#version += 1;
    this.#note(question);
    question.change();
  }

  /** What was refused about an object. */
  refusalsAbout(ref: ObjectRef): readonly Refusal[] {
    return this.#refusals.read(refKey(ref));
  }

  /** Forgets what nobody asks any more. */
  tidy(): void {
    for (const question of this.#questions.values()) {
      if (question.isRead) continue;
      this.#questions.delete(question.key);
      if (question.answer === undefined) continue;
      this.#refusals.remove(refKey(aboutOf(question.request)), question.key);
      this.#version += 1;
    }
  }

  #open(key: string, request: EvidenceRequest): Question {
    const question = new Question(key, request);
    question.answer = this.#beforehand.get(key);
    this.#questions.set(key, question);
    return question;
  }

  #note({ key, request, answer }: Question): void {
    const about = refKey(aboutOf(request));
    if (answer?.state === 'refused') this.#refusals.put(about, key, { request, reason: answer.reason });
    else this.#refusals.remove(about, key);
  }
}

function aboutOf(request: EvidenceRequest): ObjectRef {
  return request.need === 'log' ? refTo('Pod', request.namespace, request.pod) : refTo('Secret', request.namespace, request.name);
}
