import type { RequestInfo } from '@quarterdeck/cluster';
import { builtInKinds, groupOf, type ResourceKind, refTo } from '@quarterdeck/contract';
import * as z from 'zod';
import { isNamespace, type Sight } from './sight.ts';

/**
 * `whole`: the answer holds nothing that is hidden. `filtered`: it is a list that may, of objects of `kind`. `empty`: a
 * list in which there is nothing for them. `hidden`: as if it were not there. `unchangeable`: visible, and to be changed by
 * who sees more.
 */
export type RequestSight =
  | { shows: 'unchangeable' }
  | { shows: 'whole' }
  | { shows: 'filtered'; kind: ResourceKind }
  | { shows: 'empty' }
  | { shows: 'hidden' };

export interface SeenRequest {
  /** Null for what can be read in more than one way. */
  info: RequestInfo | null;
  /** Parsed; undefined where there is none. */
  body: unknown;
}

type ResourceRequest = Extract<RequestInfo, { resource: string }>;

const whole: RequestSight = { shows: 'whole' };
const hidden: RequestSight = { shows: 'hidden' };

/** What of a request to the API server somebody may see. Pure; what no line knows is hidden. */
export function requestSight(sight: Sight, kinds: readonly ResourceKind[], { info, body }: SeenRequest): RequestSight {
  if (info === null) return hidden;
  if (info.resource === null) return isDiscovery(info.method, info.path) ? whole : hidden;
  const { apiGroup, resource, verb } = info;
  if (verb === 'proxy') return hidden;
  if (isQuestion(apiGroup)) return mayAsk(sight, resource, verb, body) ? whole : hidden;
  const kind = kinds.find((each) => each.plural === resource && groupOf(each.apiVersion) === apiGroup);
  if (kind === undefined || !sight.seesKind(kind)) return hidden;
  if (isNamespace(kind)) return ofNamespaces(sight, kind, info.name ?? nameIn(body), verb);
  return kind.namespaced ? inNamespaces(sight, kind, info) : ofCluster(sight, kind, info);
}

/** What has no namespace reaches into all of them: a ClusterRoleBinding, a webhook, a definition. Whoever sees some of them changes it where its kind was named to them. */
function ofCluster(sight: Sight, kind: ResourceKind, info: ResourceRequest): RequestSight {
  if (reachesPods(info, sight)) return hidden;
  const changes = !['get', 'list', 'watch'].includes(info.verb);
  return changes && sight.namespaces !== null && !sight.namesKind(kind) ? { shows: 'unchangeable' } : whole;
}

function inNamespaces(sight: Sight, kind: ResourceKind, { namespace, verb }: ResourceRequest): RequestSight {
  const lists = verb === 'list' || verb === 'watch';
  if (namespace !== null && !sight.seesNamespace(namespace)) return lists ? { shows: 'empty' } : hidden;
  // Which events are visible depends on what they are about.
  return namespace === null || kind.kind === 'Event' ? ofMany(sight, kind, verb, lists) : whole;
}

function ofMany(sight: Sight, kind: ResourceKind, verb: string, lists: boolean): RequestSight {
  if (lists || (verb === 'get' && kind.kind === 'Event')) return { shows: 'filtered', kind };
  return sight.seesAllOf(kind) && kind.kind !== 'Event' ? whole : hidden;
}

function ofNamespaces(sight: Sight, kind: ResourceKind, name: string | null, verb: string): RequestSight {
  if (name !== null) return sight.seesNamespace(name) ? whole : hidden;
  if (sight.namespaces === null) return whole;
  return verb === 'list' || verb === 'watch' ? { shows: 'filtered', kind } : hidden;
}

/** Which APIs there are, and the state of the server itself. */
function isDiscovery(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && /^\/(version|healthz|livez|readyz|api(\/[^/]+)?|apis(\/[^/]+){0,2}|openapi\/.*)$/.test(path);
}

/** Through its kubelet a node tells of every pod on it. */
function reachesPods({ resource, subresource }: ResourceRequest, sight: Sight): boolean {
  return resource === 'nodes' && !['', 'status'].includes(subresource) && !sight.seesAllOf({ ...refTo('Pod', '', ''), namespaced: true });
}

function isQuestion(apiGroup: string): boolean {
  return apiGroup === 'authorization.k8s.io' || apiGroup === 'authentication.k8s.io';
}

const accessReview = z.object({ spec: z.object({ resourceAttributes: z.object({ namespace: z.string().optional() }).optional() }) });

/** Who am I, and may I do this: not the list of all that one may do, which names objects, and nothing about others. */
function mayAsk(sight: Sight, resource: string, verb: string, body: unknown): boolean {
  if (verb !== 'create') return false;
  if (resource === 'selfsubjectreviews') return true;
  const review = resource === 'selfsubjectaccessreviews' ? accessReview.safeParse(body) : null;
  if (review?.success !== true) return false;
  const { namespace = '' } = review.data.spec.resourceAttributes ?? {};
  return namespace === '' || sight.seesNamespace(namespace);
}

const named = z.object({ metadata: z.object({ name: z.string() }) });

function nameIn(body: unknown): string | null {
  return named.safeParse(body).data?.metadata.name ?? null;
}

/** The kinds of which somebody may see objects. */
export function seenKinds(sight: Sight, kinds: readonly ResourceKind[]): ResourceKind[] {
  return kinds.filter((kind) => sight.seesKind(kind));
}

/** Whether a kind of ours needs no custom definition: that Kubernetes has it is no secret. */
export function isBuiltIn({ apiVersion, kind }: Pick<ResourceKind, 'apiVersion' | 'kind'>): boolean {
  return Object.entries(builtInKinds).some(([name, known]) => name === kind && groupOf(known.apiVersion) === groupOf(apiVersion));
}
