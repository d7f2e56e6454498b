import type { ResourceKind } from '@quarterdeck/contract';

/** An object as people name it; the version of its API plays no part. */
export interface NamedObject {
  kind: string;
  namespace: string | null;
  name: string;
}

/** The words that a cluster adds to the language: its kinds, its objects, its namespaces. */
export interface Vocabulary {
  kinds: readonly Pick<ResourceKind, 'kind' | 'plural' | 'shortNames' | 'namespaced'>[];
  objects: readonly NamedObject[];
  namespaces: readonly string[];
  /** What has a part in the open issues: of the worst first, and of one the object that a person looks at first before the rest. */
  troubled: readonly NamedObject[];
}

/** What a question is about: the objects that its words may mean, the likeliest first; empty where there is none. */
export interface Subject {
  /** As the person wrote it. */
  text: string;
  matches: readonly NamedObject[];
  /** Names to offer where nothing matches. */
  near: readonly string[];
  /** Said of one of several (`the config map`), and nothing tells of which: the names are the choice. */
  oneOfSeveral?: true;
}

/** A stretch of time that ends now. */
export interface Since {
  /** Milliseconds. */
  ms: number;
  /** `the last hour`, `since yesterday`. */
  text: string;
}

/** Which objects of a kind are meant, in the workbench's filter grammar, and in which order. */
export interface Selection {
  filter: string;
  /** A column id, `-` in front for descending; empty for the usual order. */
  sort: string;
  limit: number | null;
  /** The condition in words, for saying what was understood. */
  words: readonly string[];
  /** Conditions that were asked for and are not understood, as they were said: the answer tells that it does not keep to them. */
  unheeded: readonly string[];
}

interface Scope {
  namespace: string | null;
}

export type Question = Scope &
  (
    | { intent: 'why'; subject: Subject }
    /** `of`: the kind that is asked about, and which objects of it. */
    | { intent: 'issues'; severity: 'critical' | 'high' | 'medium' | 'low' | null; of: { kind: string; selection: Selection } | null }
    /** When it began, and what came right before. */
    | { intent: 'onset'; subject: Subject | null }
    | { intent: 'fix'; subject: Subject | null }
    /** `compared`: what it was before, beside what it is. */
    | { intent: 'changes'; subject: Subject | null; since: Since | null; compared: boolean }
    | { intent: 'list'; kind: string; selection: Selection }
    | { intent: 'count'; kind: string; selection: Selection }
    | { intent: 'top'; of: 'pods' | 'nodes'; by: 'cpu' | 'memory'; limit: number; subject: Subject | null }
    | { intent: 'logs'; subject: Subject; previous: boolean; since: Since | null; lines: number; search: string | null }
    | { intent: 'events'; subject: Subject | null; since: Since | null; warningsOnly: boolean }
    /** `whole`: as the cluster keeps it, in YAML. */
    | { intent: 'describe'; subject: Subject; whole: boolean }
    | { intent: 'neighbours'; subject: Subject; side: 'uses' | 'usedBy' | 'both' }
    | { intent: 'advise'; check: string | null; subject: Subject | null }
    /** Which requests, limits and replicas a workload should have. */
    | { intent: 'size'; subject: Subject }
    | { intent: 'explain'; topic: string }
    /** `ordered`: told to do it, not asked how. */
    | { intent: 'howTo'; task: string; subject: Subject | null; ordered: boolean }
    /** Which images the containers run. */
    | { intent: 'images'; subject: Subject | null }
    /** Until when certificates hold. */
    | { intent: 'certificates'; subject: Subject | null }
    /** Whether the API server and what stands beside it are well. */
    | { intent: 'controlPlane' }
    /** What people wrote down: runbooks, resolved issues. */
    | { intent: 'knowledge'; text: string; subject: Subject | null }
    | { intent: 'helm'; release: string | null }
    | { intent: 'overview' }
    | { intent: 'abilities' }
    | { intent: 'needsModel'; because: string }
  );
