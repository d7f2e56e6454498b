import { type ErrorCode, errorCodes, httpStatus, type RouteDescriptor, type RouteId, routes } from '@quarterdeck/contract';

/** What any call that concerns a cluster may be told by it, or on the way to it. */
const ofClusters: readonly ErrorCode[] = [
  'NOT_FOUND',
  'CONFLICT',
  'GONE',
  'READ_ONLY',
  'UNSUPPORTED',
  'CLUSTER_UNREACHABLE',
  'CLUSTER_AUTH_FAILED',
  'CLUSTER_ERROR',
  'KUBECONFIG_INVALID',
  'BUNDLE_INVALID',
];

/** Beyond what follows from the form of a route. */
const particular: Partial<Record<RouteId, readonly ErrorCode[]>> = {
  readyz: ['GONE', 'STORAGE_UNAVAILABLE'],
  openLocalSession: ['AUTH_REQUIRED'],
  finishLogin: ['GONE', ...ofClusters],
  listKubeconfigs: ['UNSUPPORTED'],
  uploadKubeconfig: ['UNSUPPORTED', 'CONFLICT', 'KUBECONFIG_INVALID'],
  removeKubeconfig: ['UNSUPPORTED'],
  selectCluster: ofClusters,
  removeProvider: ['CONFLICT'],
  listProviderModels: ['UNSUPPORTED'],
  setProviderKey: ['UNSUPPORTED'],
  getRunbook: ['NOT_FOUND'],
  putRunbook: ['NOT_FOUND', 'CONFLICT', 'UNSUPPORTED'],
  deleteRunbook: ['NOT_FOUND'],
};

/** Every code that a route can answer with. The person's own end of the call (CANCELLED) is told to nobody. */
export function errorsOf(route: RouteDescriptor): ErrorCode[] {
  const fields = Object.keys(route.input.shape);
  const hasBody = !['GET', 'DELETE'].includes(route.method);
  const inTeam = /^\/api\/(auth|admin)\//.test(route.path);
  const found = new Set<ErrorCode>([
    'FORBIDDEN',
    'RATE_LIMITED',
    'INTERNAL_ERROR',
    ...(fields.length > 0 || hasBody ? (['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE'] as const) : []),
    ...(hasBody ? (['TIMEOUT'] as const) : []),
    ...(route.streams === undefined ? (['TIMEOUT'] as const) : []),
    ...(route.permission === 'public' ? [] : (['AUTH_REQUIRED', 'STORAGE_UNAVAILABLE'] as const)),
    ...(route.effect === 'write' ? (['READ_ONLY'] as const) : []),
    ...(route.path.includes(':') ? (['NOT_FOUND'] as const) : []),
    ...(inTeam ? (['AUTH_REQUIRED', 'UNSUPPORTED', 'NOT_FOUND', 'CONFLICT', 'GONE', 'STORAGE_UNAVAILABLE'] as const) : []),
    ...(route.path.startsWith('/api/actions') ? ofClusters : []),
    ...(route.path.startsWith('/api/terminals') ? (['NOT_FOUND', 'CONFLICT', 'GONE', 'UNSUPPORTED'] as const) : []),
    ...(fields.includes('cluster') ? ofClusters : []),
    ...particularOf(route.id),
  ]);
  return errorCodes.filter((code) => found.has(code));
}

function particularOf(id: string): readonly ErrorCode[] {
  return isRouteId(id) ? (particular[id] ?? []) : [];
}

function isRouteId(id: string): id is RouteId {
  return Object.hasOwn(routes, id);
}

/** The codes by the status that they are told with. */
export function byStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  return Map.groupBy(codes, (code) => httpStatus[code]);
}
