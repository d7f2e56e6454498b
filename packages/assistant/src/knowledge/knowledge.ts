/** What people wrote down for the next time: runbooks, and issues that went away with what helped. */
export interface Knowledge {
  /** The best first; empty where nothing fits. */
  search(query: KnowledgeQuery): KnowledgeHit[];
  /** All of it, a JSON object a line, for another program or for training. */
  jsonLines(): Iterable<string>;
}

export interface KnowledgeQuery {
  /** Words of a question or of an issue. */
  text: string;
  /** Of an issue: the mechanism that it ends at, the codes of its findings, the kinds it is about. */
  mechanism?: string | null;
  codes?: readonly string[];
  kinds?: readonly string[];
  limit: number;
}

/** A piece of knowledge as it is found and cited: a section of a runbook, or a resolved issue. */
export interface Passage {
  id: string;
  type: 'runbook' | 'resolved';
  title: string;
  /** What a person opens to read it whole: a file and a heading, or the id of a resolved issue. */
  citation: string;
  /** As it was written. */
  text: string;
  mechanisms: readonly string[];
  codes: readonly string[];
  kinds: readonly string[];
  /** Whether it helped: 1 it did, -1 it did not, 0 nobody said. */
  rating: -1 | 0 | 1;
}

export interface KnowledgeHit extends Passage {
  score: number;
  /** Why it was found. */
  because: readonly ('mechanism' | 'code' | 'kind' | 'words')[];
}
