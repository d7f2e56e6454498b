import { type EvidenceAnswer, type EvidenceReader, type EvidenceRequest, evidenceKey } from '@quarterdeck/cluster';

interface Cached {
  answer: EvidenceAnswer;
  readAt: number;
  version: string;
}

export interface CachedEvidenceInput {
  reader: EvidenceReader;
  now: () => number;
  /** The resourceVersion of a Secret; empty where it is not there or cannot be listed. */
  secretVersion: (namespace: string, name: string) => string;
}

/** How long a log, a refusal or what depends on an unseen Secret is believed. Milliseconds. */
export const evidenceLifetime = 15_000;

/** Answers that are kept: logs for a while, what Secrets say until the Secret changes. `forgetOld` drops what nobody asked for since. */
export class CachedEvidence implements EvidenceReader {
  readonly #input: CachedEvidenceInput;
  readonly #cache = new Map<string, Cached>();
  readonly #asked = new Set<string>();
  #readLogs = false;

  constructor(input: CachedEvidenceInput) {
    this.#input = input;
  }

  async read(request: EvidenceRequest, signal: AbortSignal): Promise<EvidenceAnswer> {
    const key = evidenceKey(request);
    this.#asked.add(key);
    this.#readLogs ||= request.need === 'log';
    const version = request.need === 'log' ? '' : this.#input.secretVersion(request.namespace, request.name);
    const known = this.#cache.get(key);
    if (known !== undefined && this.#holds(known, version)) return known.answer;
    const answer = await this.#input.reader.read(request, signal);
    this.#cache.set(key, { answer, version, readAt: this.#input.now() });
    return answer;
  }

  /** Ends a pass: forgets the answers that it did not ask for, and says whether it asked for logs, which no list announces. */
  endPass(): { readLogs: boolean } {
    for (const key of this.#cache.keys()) if (!this.#asked.has(key)) this.#cache.delete(key);
    this.#asked.clear();
    const readLogs = this.#readLogs;
    this.#readLogs = false;
    return { readLogs };
  }

  #holds(known: Cached, version: string): boolean {
    if (known.version !== version) return false;
    const lasts = version !== '' && known.answer.state !== 'refused';
    return lasts || this.#input.now() - known.readAt < evidenceLifetime;
  }
}
