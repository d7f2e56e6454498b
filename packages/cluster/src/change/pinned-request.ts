import type { ChangeRequest, KubeObject } from '@quarterdeck/contract';

/**
 * The same request, which the API server refuses with CONFLICT where the object is not the very one and in the very
 * version that was looked at. What makes an object, and an eviction, can't be bound to a version: see `uid` there.
 */
export function pinnedRequest(request: ChangeRequest, live: KubeObject | null): ChangeRequest {
  const { uid, resourceVersion } = live?.metadata ?? {};
  if (resourceVersion === undefined) return request;
  const { method, subject, body } = request;
  if (method === 'DELETE') return { ...request, body: withPreconditions(body, { ...(uid === undefined ? {} : { uid }), resourceVersion }) };
  if (method === 'PATCH' || method === 'PUT') return { ...request, body: withVersion(body, resourceVersion) };
  if (subject.resource.endsWith('/eviction') && uid !== undefined && isRecord(body)) {
    return { ...request, body: { ...body, deleteOptions: withPreconditions(body.deleteOptions, { uid }) } };
  }
  return request;
}

/** Of a JSON patch an operation: written back, a version that is not the current one is a conflict. */
function withVersion(body: unknown, resourceVersion: string): unknown {
  if (Array.isArray(body)) return [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }, ...body];
  if (!isRecord(body)) return body;
  return { ...body, metadata: { ...(isRecord(body.metadata) ? body.metadata : {}), resourceVersion } };
}

function withPreconditions(options: unknown, preconditions: Record<string, string>): Record<string, unknown> {
  const given = isRecord(options) ? options : {};
  return { ...given, preconditions: { ...preconditions, ...(isRecord(given.preconditions) ? given.preconditions : {}) } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
