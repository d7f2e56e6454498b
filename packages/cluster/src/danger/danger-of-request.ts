import { type Danger, type DangerClass, worstDanger } from '@quarterdeck/contract';
import type { RequestInfo, ResourceInfo } from '../proxy/request-info.ts';
import { dangerOfBody, orphaning, withoutGrace } from './danger-of-body.ts';

export interface JudgedRequest {
  /** Null for what `requestInfo` could not read: nobody sends that for a good reason. */
  info: RequestInfo | null;
  query: URLSearchParams;
  /** Parsed; undefined where there is none. */
  body: unknown;
}

/**
 * How dangerous a request is. Pure. What no line knows is dangerous: an unknown verb is never a read. A dry run is
 * judged as what it tries out.
 */
export function dangerOfRequest({ info, query, body }: JudgedRequest): Danger {
  if (info === null) return { danger: 'destructive', reason: 'The request can be read in more than one way.' };
  if (info.resource === null) return dangerOutsideResources(info);
  if (isQuestion(info)) return read;
  const reaching = dangerOfReach(info);
  if (reaching !== null) return reaching;
  if (['get', 'list', 'watch'].includes(info.verb)) return dangerOfReading(info);
  return worstDanger([dangerOfWriting(info), ...dangerOfBody(info, body), ...dangerOfOptions(info, query)]);
}

const read: Danger = { danger: 'read', reason: '' };

function dangerOutsideResources({ method, path }: { method: string; path: string }): Danger {
  if (method !== 'GET' && method !== 'HEAD') return { danger: 'destructive', reason: `${method} ${path} is nothing that Kubernetes documents.` };
  if (path === '/logs' || path.startsWith('/logs/')) return { danger: 'sensitiveRead', reason: 'It reads the log files of the control plane.' };
  return read;
}

/** A review is a question in the form of a POST. */
function isQuestion({ apiGroup, verb, resource }: ResourceInfo): boolean {
  return verb === 'create' && (apiGroup === 'authorization.k8s.io' || (apiGroup === 'authentication.k8s.io' && resource.endsWith('reviews')));
}

/** Subresources that run or reach something, whatever the method: a WebSocket opens with a GET. */
const reaches: Readonly<Record<string, string>> = {
  exec: 'It runs a program in a container.',
  attach: 'It takes over the input of a running program.',
  portforward: 'It opens a tunnel into a pod.',
  proxy: 'It sends requests through the API server into the cluster.',
  ephemeralcontainers: 'It adds a container to a running pod.',
};

function dangerOfReach({ resource, subresource, verb }: ResourceInfo): Danger | null {
  if (verb === 'proxy') return { danger: 'execution', reason: reaches.proxy ?? '' };
  // Reading which ephemeral containers there are changes nothing; every other verb on these does.
  if (subresource === 'ephemeralcontainers' && verb === 'get') return null;
  const reason = Object.hasOwn(reaches, subresource) ? reaches[subresource] : undefined;
  if (reason !== undefined) return { danger: 'execution', reason };
  if (resource === 'serviceaccounts' && subresource === 'token') return { danger: 'privilege', reason: 'It issues a credential of a service account.' };
  return null;
}

function dangerOfReading({ resource, subresource }: ResourceInfo): Danger {
  if (resource === 'secrets') return { danger: 'sensitiveRead', reason: 'It shows Secrets.' };
  if (resource === 'nodes' && subresource !== '' && subresource !== 'status') return { danger: 'sensitiveRead', reason: "It reads through a node's kubelet." };
  return read;
}

/** Who may do what, and what stands between requests and the cluster. */
const privileged = new Set([
  'rbac.authorization.k8s.io',
  'admissionregistration.k8s.io',
  'apiregistration.k8s.io',
  'certificates.k8s.io',
  'apiextensions.k8s.io',
  'flowcontrol.apiserver.k8s.io',
]);
/** What carries traffic or decides about it. */
const carriers = new Set(['services', 'endpoints', 'endpointslices', 'ingresses', 'networkpolicies', 'gateways', 'httproutes', 'grpcroutes']);
/** What a controller makes again, or what nobody misses. */
const remade = new Set(['pods', 'replicasets', 'endpointslices', 'endpoints', 'events', 'leases', 'jobs']);

function dangerOfWriting(info: ResourceInfo): Danger {
  const { apiGroup, resource, subresource, verb } = info;
  if (privileged.has(apiGroup)) return privilege(verb, info);
  if (subresource === 'eviction') return { danger: 'disruptive', reason: 'It ends a pod.' };
  if (subresource === 'binding') return { danger: 'privilege', reason: 'It places a pod past the scheduler.' };
  if (subresource === 'finalize') return { danger: 'destructive', reason: 'It ends a namespace without waiting for what is in it.' };
  switch (verb) {
    case 'deletecollection':
      return { danger: 'destructive', reason: `It deletes all ${resource} that match.` };
    case 'delete':
      return remade.has(resource)
        ? { danger: 'disruptive', reason: `It deletes one of the ${resource}.` }
        : { danger: 'destructive', reason: `It deletes one of the ${resource}, and what it owns.` };
    case 'update':
      return { danger: 'disruptive', reason: 'It puts a whole object in place of the old one.' };
    case 'create':
    case 'patch':
      return carriers.has(resource) && verb === 'patch' ? { danger: 'disruptive', reason: 'It changes where traffic goes.' } : changes(verb, resource);
    default:
      return { danger: 'destructive', reason: `Nothing is known of the verb ${verb}.` };
  }
}

function changes(verb: 'create' | 'patch', resource: string): Danger {
  const danger: DangerClass = resource === 'horizontalpodautoscalers' || resource === 'poddisruptionbudgets' ? 'disruptive' : 'write';
  return { danger, reason: verb === 'create' ? `It creates one of the ${resource}.` : `It changes one of the ${resource}.` };
}

function privilege(verb: string, { resource }: ResourceInfo): Danger {
  if (resource === 'customresourcedefinitions' && verb.startsWith('delete')) {
    return { danger: 'destructive', reason: 'Every object of the kind goes with its definition.' };
  }
  return { danger: 'privilege', reason: `It changes ${resource}, which decide what others may do.` };
}

function dangerOfOptions({ verb }: ResourceInfo, query: URLSearchParams): Danger[] {
  const found: Danger[] = [];
  if (query.get('force') === 'true') found.push({ danger: 'disruptive', reason: 'It takes over fields that somebody else owns.' });
  if (!verb.startsWith('delete')) return found;
  if (query.getAll('gracePeriodSeconds').some((seconds) => Number(seconds) === 0)) found.push(withoutGrace);
  if (query.get('orphanDependents') === 'true' || query.get('propagationPolicy') === 'Orphan') found.push(orphaning);
  return found;
}
