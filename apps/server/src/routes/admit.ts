import type { RouteDescriptor } from '@quarterdeck/contract';
import { type Actor, decide } from '../gate/decide.ts';
import { refusal } from '../gate/refusal.ts';

/**
 * Lets a call of a route pass, or throws AUTH_REQUIRED, FORBIDDEN or READ_ONLY. HTTP calls and live subscriptions
 * (which are long calls of the same routes) both come through here.
 */
export function admit(actor: Actor, route: Pick<RouteDescriptor, 'permission' | 'effect'>, cluster: { readOnly: boolean } | null): void {
  const refused = refusal(decide(actor, { permission: route.permission, effect: route.effect, cluster }));
  if (refused !== null) throw refused;
}
