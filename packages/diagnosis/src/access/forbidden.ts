import type { AccessRequest } from './grants.ts';

/** Who was refused what, by the authorizer of the API server. */
export interface ForbiddenRequest extends AccessRequest {
  user: string;
}

/** Quotes may be escaped: many clients log the body of the answer, which is JSON. */
const pattern =
  /User \\*"(?<user>[^"\\]+)\\*" cannot (?<verb>[\w-]+) (?:resource \\*"(?<resource>[^"\\]+)\\*"(?: in API group \\*"(?<group>[^"\\]*)\\*")?(?: in the namespace \\*"(?<namespace>[^"\\]+)\\*")?|path \\*"(?<path>[^"\\]+)\\*")/;

/**
 * The words of the API server for a request that no role allows; null for every other refusal (quotas, webhooks).
 * For a path outside of the resources (`/metrics`) the resource is the path.
 * Source: k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go.
 */
export function parseForbidden(text: string): ForbiddenRequest | null {
  const { user, verb, resource, path, group = '', namespace = null } = pattern.exec(text)?.groups ?? {};
  const asked = resource ?? path;
  return user === undefined || verb === undefined || asked === undefined ? null : { user, verb, resource: asked, group, namespace };
}
