import { type EvidenceAnswer, type EvidenceReader, type EvidenceRequest, evidenceKey } from '@quarterdeck/cluster';

interface Cached {
  request: EvidenceRequest;
  answer: EvidenceAnswer;
  readAt: number;
  version: string;
}

export interface CachedEvidenceInput {
  reader: EvidenceReader;
  now: () => number;
  /** The resourceVersion of a Secret; empty where it is not there or cannot be listed. */
  secretVersion: (namespace: string, name: string) => string;
  /** Whether a log is that of a container that runs and is ready. */
  isSteady: (request: EvidenceRequest) => boolean;
}

/** How long a log, a refusal or what depends on an unseen Secret is believed. Milliseconds. */
export const evidenceLifetime = 15_000;
/** Logs of containers that are well are read no faster than one in this time, however many there are. Milliseconds. */
const steadyPause = 300;
const steadyLifetime = 600_000;

/** Answers that are kept: logs for a while, what Secrets say until the Secret changes. */
export class CachedEvidence implements EvidenceReader {
  readonly #input: CachedEvidenceInput;
  readonly #cache = new Map<string, Cached>();
  #steady = 0;

  constructor(input: CachedEvidenceInput) {
    this.#input = input;
  }

  async read(request: EvidenceRequest, signal: AbortSignal): Promise<EvidenceAnswer> {
    const key = evidenceKey(request);
    const version = this.#versionOf(request);
    const known = this.#cache.get(key);
    if (known !== undefined && this.#holds(known)) return known.answer;
    const answer = await this.#input.reader.read(request, signal);
    this.#cache.set(key, { request, answer, version, readAt: this.#input.now() });
    return answer;
  }

  /** Whether the answer that was given to a question is still believed. */
  isBelieved(request: EvidenceRequest): boolean {
    const known = this.#cache.get(evidenceKey(request));
    return known !== undefined && this.#holds(known);
  }

  /** Forgets what is not asked any more, and says when the first log, which no list announces, should be read again. */
  keep(asked: readonly EvidenceRequest[]): number | null {
    const keys = new Set(asked.map(evidenceKey));
    for (const key of this.#cache.keys()) if (!keys.has(key)) this.#cache.delete(key);
    const logs = [...this.#cache.values()].filter(({ request }) => request.need === 'log');
    this.#steady = logs.filter(({ request }) => this.#input.isSteady(request)).length;
    const next = logs.reduce((least, cached) => Math.min(least, cached.readAt + this.#lifetimeOf(cached)), Number.POSITIVE_INFINITY);
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  #holds(cached: Cached): boolean {
    const { request, answer, readAt, version } = cached;
    if (version !== this.#versionOf(request)) return false;
    const lasts = version !== '' && answer.state !== 'refused';
    return lasts || this.#input.now() - readAt < this.#lifetimeOf(cached);
  }

  #lifetimeOf({ request, answer }: Cached): number {
    if (answer.state === 'refused' || request.need !== 'log' || !this.#input.isSteady(request)) return evidenceLifetime;
    return Math.min(steadyLifetime, Math.max(evidenceLifetime, this.#steady * steadyPause));
  }

  #versionOf(request: EvidenceRequest): string {
    return request.need === 'log' ? '' : this.#input.secretVersion(request.namespace, request.name);
  }
}
