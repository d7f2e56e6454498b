import type { JudgedRequest } from '@quarterdeck/cluster';
import { AppError, type RouteDescriptor } from '@quarterdeck/contract';
import { type Actor, decide, type GateCluster, type GateRequest } from '../gate/decide.ts';
import type { Protection } from '../gate/protection.ts';
import { realRequest } from '../gate/real-request.ts';
import { refusal } from '../gate/refusal.ts';

/**
 * Lets a call of a route pass, or throws AUTH_REQUIRED, FORBIDDEN or READ_ONLY. HTTP calls and live subscriptions
 * (which are long calls of the same routes) both come through here.
 */
export function admit(actor: Actor, route: Pick<RouteDescriptor, 'permission' | 'effect'>, cluster: GateCluster | null): void {
  const refused = refusalOf(actor, { permission: route.permission, effect: route.effect, cluster });
  if (refused !== null) throw refused;
}

/**
 * In a team the current cluster is whatever somebody else chose last: who changes something says where. Throws
 * VALIDATION_ERROR.
 */
export function requireNamedCluster({ organisation }: Actor, { effect }: Pick<RouteDescriptor, 'effect'>, cluster: string | undefined): void {
  if (organisation === null || effect === 'read' || cluster !== undefined) return;
  throw new AppError('VALIDATION_ERROR', 'cluster: must be named, as the current one of a team may have been changed by somebody else.', {
    hint: 'GET /api/clusters lists them.',
    details: { fields: [{ path: 'cluster', message: 'must be named' }] },
  });
}

/** Why a request to the API server may not be made for somebody whose call was let in, by what it really does; null where it may. */
export function requestRefusal(actor: Actor, request: JudgedRequest, cluster: GateCluster, protection: Protection): AppError | null {
  return refusalOf(actor, { request: realRequest(request, protection), cluster });
}

function refusalOf(actor: Actor, request: GateRequest): AppError | null {
  return refusal(decide(actor, request));
}
