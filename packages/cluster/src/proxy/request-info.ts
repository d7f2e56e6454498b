import type { Verb } from '../transport/transport.ts';

/** What a request to the API server is about, derived from the request itself. */
export type RequestInfo = {
  method: string;
  /** Decoded, without the query. */
  path: string;
  /** Whether the server is asked to go through all but the change itself. */
  dryRun: boolean;
} & (ResourceInfo | { resource: null; verb: string });

export interface ResourceInfo {
  verb: Verb | 'proxy';
  /** Empty for core. */
  apiGroup: string;
  apiVersion: string;
  /** The plural. */
  resource: string;
  /** `log`, `status`, `scale`, `exec`; empty for the object itself. */
  subresource: string;
  namespace: string | null;
  /** Null for a whole list. */
  name: string | null;
}

const verbs: ReadonlyMap<string, Verb> = new Map([
  ['POST', 'create'],
  ['GET', 'get'],
  ['HEAD', 'get'],
  ['PUT', 'update'],
  ['PATCH', 'patch'],
  ['DELETE', 'delete'],
]);
/** Namespaces have these as their own; anything else behind a namespace's name is a resource in it. */
const namespaceSubresources = new Set(['status', 'finalize']);

/**
 * As kube-apiserver derives it (apiserver/pkg/endpoints/request/requestinfo.go), so that what is decided here is about
 * what will happen there. Null for what no client sends and something on the way might read otherwise: a path that is
 * not absolute, with empty segments or dots, or with encoded slashes.
 */
export function requestInfo(method: string, target: string): RequestInfo | null {
  const [rawPath = '', rawQuery = ''] = splitOnce(target, '?');
  const segments = decodedSegments(rawPath);
  if (segments === null) return null;
  const query = new URLSearchParams(rawQuery);
  const common = { method, path: `/${segments.join('/')}`, dryRun: query.getAll('dryRun').includes('All') };
  const resource = resourceInfo(method, segments, query);
  if (resource === 'invalid') return null;
  return resource === null ? { ...common, resource: null, verb: method.toLowerCase() } : { ...common, ...resource };
}

function decodedSegments(path: string): string[] | null {
  if (!path.startsWith('/') || path.includes('\\')) return null;
  const raw = path.slice(1).replace(/\/$/, '').split('/');
  try {
    const segments = raw.map((segment) => decodeURIComponent(segment));
    const odd = (segment: string) => segment === '' || segment === '.' || segment === '..' || /[/\\\p{Cc}]/u.test(segment);
    return path === '/' ? [] : segments.some(odd) ? null : segments;
  } catch {
    return null;
  }
}

function resourceInfo(method: string, segments: readonly string[], query: URLSearchParams): ResourceInfo | 'invalid' | null {
  const [root, ...below] = segments;
  if (segments.length < 3 || (root !== 'api' && root !== 'apis')) return null;
  if (root === 'apis' && below.length < 3) return null;
  const [apiGroup = '', apiVersion = '', ...parts] = root === 'api' ? ['', ...below] : below;
  const special = parts[0] === 'watch' || parts[0] === 'proxy' ? parts.shift() : undefined;
  if (special !== undefined && parts.length === 0) return 'invalid';
  const verb = special === 'watch' || special === 'proxy' ? special : verbs.get(method);
  if (verb === undefined) return 'invalid';
  const place = placeOf(parts, special !== undefined);
  const name = place.name ?? nameOfField(query);
  return { apiGroup, apiVersion, ...place, name, verb: place.name === null ? verbOfList(verb, query) : verb };
}

function placeOf(parts: readonly string[], special: boolean): Pick<ResourceInfo, 'namespace' | 'resource' | 'name' | 'subresource'> {
  const inNamespace = parts[0] === 'namespaces' && parts[1] !== undefined;
  const beyond = inNamespace && parts[2] !== undefined && !namespaceSubresources.has(parts[2]);
  const [resource = '', name = null, subresource = ''] = beyond ? parts.slice(2) : parts;
  return { namespace: inNamespace ? (parts[1] ?? null) : null, resource, name, subresource: special ? '' : subresource };
}

function verbOfList(verb: ResourceInfo['verb'], query: URLSearchParams): ResourceInfo['verb'] {
  if (verb === 'delete') return 'deletecollection';
  if (verb !== 'get') return verb;
  const watch = query.get('watch');
  return watch !== null && !['false', '0'].includes(watch.toLowerCase()) ? 'watch' : 'list';
}

/** A list of the one object of a name is decided upon as that object is. */
function nameOfField(query: URLSearchParams): string | null {
  return /^metadata\.name={1,2}([^,=!]+)$/.exec(query.get('fieldSelector') ?? '')?.[1] ?? null;
}

function splitOnce(text: string, mark: string): [string, string] {
  const place = text.indexOf(mark);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)];
}

/** Whether a request leaves everything as it is. A proxied one may do anything; a review is a question in the form of a POST. */
export function onlyReads(info: RequestInfo): boolean {
  if (info.resource === null) return info.method === 'GET' || info.method === 'HEAD';
  // What reaches into a container or through a proxy does not know of dry runs.
  if (info.verb === 'proxy' || ['proxy', 'exec', 'attach', 'portforward'].includes(info.subresource)) return false;
  if (info.dryRun || info.apiGroup === 'authorization.k8s.io' || info.apiGroup === 'authentication.k8s.io') return true;
  return ['get', 'list', 'watch'].includes(info.verb);
}
