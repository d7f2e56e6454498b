import { type CustomKind, type EvidenceAnswer, type EvidenceRequest, evidenceKey, type KindCoverage } from '@quarterdeck/cluster';
import { type BuiltInKind, builtInKinds, groupOf, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import { createObjectGraph, type ObjectGraph } from '../graph/object-graph.ts';
import type { ClusterView } from './cluster-view.ts';
import { EventIndex } from './event-index.ts';
import { ObjectIndex } from './object-index.ts';
import { Ownership } from './ownership.ts';
import { isBuiltInKind, isTypedKind } from './typed-kind.ts';

export interface ClusterViewInput {
  objects: Iterable<KubeObject>;
  /** Epoch milliseconds. */
  now: number;
  /** The namespaces that were read; null (the default) for the whole cluster. */
  scope?: readonly string[] | null;
  /** A kind that is not named was not read. */
  coverage: Partial<Record<BuiltInKind, KindCoverage>>;
  /** None where left out. */
  customKinds?: readonly CustomKind[];
}

/** Answers by `evidenceKey`. */
export type EvidenceAnswers = ReadonlyMap<string, EvidenceAnswer>;

/** A view together with the questions that were asked of it and are still open. */
export interface OpenView {
  view: ClusterView;
  openQuestions(): EvidenceRequest[];
}

/** Indices and relations of one moment; views over it differ only in the answers they have. */
export interface ClusterState {
  viewWith(answers: EvidenceAnswers): OpenView;
}

/** Builds the indices once. Relations are extracted when the first one is asked for. */
export function createClusterState(input: ClusterViewInput): ClusterState {
  const index = new ObjectIndex(input.objects);
  const ownership = new Ownership(index);
  const scope = input.scope ?? null;
  const coverage = (kind: BuiltInKind): KindCoverage => input.coverage[kind] ?? 'unread';
  const customKinds = input.customKinds ?? [];
  const readable: Readable = { scope, coverage, customKinds: new Map(customKinds.map((kind) => [kindKey(kind), kind])) };
  let events: EventIndex | null = null;
  let graph: ObjectGraph | null = null;
  const relations = () => {
    graph ??= createObjectGraph(index, scope);
    return graph;
  };
  const base: Omit<ClusterView, 'ask'> = {
    now: input.now,
    scope,
    covers: (namespace) => covers(scope, namespace),
    get: (kind, namespace, name) => index.get(kind, namespace, name),
    list: (kind, namespace) => index.list(kind, namespace),
    customKinds: () => customKinds,
    listCustom: (group, kind, namespace) => index.listCustom(group, kind, namespace),
    find: (ref) => index.find(ref),
    isMissing: (ref) => isReadable(ref, readable) && index.find(ref) === undefined,
    coverage,
    events(ref) {
      events ??= new EventIndex(index.list('Event'));
      return events.on(ref, index.find(ref));
    },
    outgoing: (ref, type) => relations().outgoing(ref, type),
    incoming: (ref, type) => relations().incoming(ref, type),
    topOwner: (ref) => ownership.topOwner(ref),
    podsOf: (ref) => ownership.podsOf(ref),
  };
  return { viewWith: (answers) => withAnswers(base, answers) };
}

/** One view for one set of answers; `openQuestions` lists what was asked and not answered, in a stable order. */
export function createClusterView(input: ClusterViewInput & { answers?: EvidenceAnswers }): OpenView {
  return createClusterState(input).viewWith(input.answers ?? new Map());
}

function withAnswers(base: Omit<ClusterView, 'ask'>, answers: EvidenceAnswers): OpenView {
  const open = new Map<string, EvidenceRequest>();
  const ask = <N extends EvidenceRequest['need']>(request: Extract<EvidenceRequest, { need: N }>): EvidenceAnswer<N> | undefined => {
    const key = evidenceKey(request);
    const answer = answers.get(key);
    if (answer === undefined) {
      open.set(key, request);
      return undefined;
    }
    return isAnswerTo<N>(answer, request.need) ? answer : { state: 'refused', reason: `The answer was about ${request.need} and held something else.` };
  };
  return {
    view: { ...base, ask },
    openQuestions: () => [...open].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, request]) => request),
  };
}

function isAnswerTo<N extends EvidenceRequest['need']>(answer: EvidenceAnswer, need: EvidenceRequest['need']): answer is EvidenceAnswer & EvidenceAnswer<N> {
  return answer.state !== 'answered' || answer.need === need;
}

function covers(scope: ClusterView['scope'], namespace: string | null | undefined): boolean {
  return scope === null || namespace === null || namespace === undefined || scope.includes(namespace);
}

interface Readable {
  scope: ClusterView['scope'];
  coverage(kind: BuiltInKind): KindCoverage;
  customKinds: ReadonlyMap<string, CustomKind>;
}

function isReadable(ref: ObjectRef, { scope, coverage, customKinds }: Readable): boolean {
  const kind = builtInKindOf(ref);
  if (kind !== null) return coverage(kind) === 'read' && (!builtInKinds[kind].namespaced || covers(scope, ref.namespace));
  const custom = customKinds.get(kindKey(ref));
  if (custom !== undefined) return custom.coverage === 'read' && (!custom.namespaced || covers(scope, ref.namespace));
  // Where all definitions are known, a kind of an installed group's like that none of them defines is not there at all.
  return coverage('CustomResourceDefinition') === 'read' && mayBeDefined(groupOf(ref.apiVersion));
}

/** Groups of Kubernetes itself are served without definitions. */
function mayBeDefined(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}

function kindKey({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  return `${groupOf(apiVersion)}|${kind}`;
}

function builtInKindOf(ref: ObjectRef): BuiltInKind | null {
  return isBuiltInKind(ref.kind) && isTypedKind(ref.apiVersion, ref.kind) ? ref.kind : null;
}
