import type { AccessPolicy, Permission } from '@quarterdeck/contract';

/** Who asks. An agent is a program with a model in it: it may hold the same permissions as a person, but never acts alone. */
export interface Actor {
  id: string;
  /** As people know them: the name or e-mail address of a person, what a program calls itself. */
  name: string;
  kind: 'person' | 'agent' | 'anonymous';
  permissions: ReadonlySet<Permission>;
  /** What part of the clusters they may know of. */
  policy: AccessPolicy;
  /** Null on a workbench that has no organisations, and for whoever belongs to none. */
  organisation: string | null;
  /** Which login this is, for what ends with it; null where there is none (a launch token, a personal access token). */
  session: string | null;
}

export interface GateRequest {
  /** `public` is what a load balancer may ask before anybody logged in. */
  permission: Permission | 'public';
  effect: 'read' | 'write';
  /** The cluster it is about; null where it is about none. */
  cluster: { readOnly: boolean } | null;
}

export type Decision =
  | { outcome: 'allow' }
  | { outcome: 'deny'; code: 'AUTH_REQUIRED' | 'FORBIDDEN' | 'READ_ONLY'; reason: string; hint: string }
  | { outcome: 'needsApproval'; reason: string; hint: string };

const allow: Decision = { outcome: 'allow' };

/** The one decision about what may happen. Pure; what no line allows is denied. */
export function decide(actor: Actor, request: GateRequest): Decision {
  if (request.permission === 'public') return publicRead(request);
  if (actor.kind === 'anonymous') {
    const hint = 'Open the address that the workbench printed when it started, or send its token as `Authorization: Bearer TOKEN`.';
    return { outcome: 'deny', code: 'AUTH_REQUIRED', reason: 'Nobody is logged in.', hint };
  }
  if (!actor.permissions.has(request.permission)) {
    const reason = `${actor.id} does not have the permission ${request.permission}.`;
    return { outcome: 'deny', code: 'FORBIDDEN', reason, hint: 'Ask whoever runs this workbench for the permission.' };
  }
  if (request.effect === 'read') return allow;
  if (request.cluster?.readOnly !== false) {
    const reason = request.cluster === null ? 'No cluster is named that could be changed.' : 'The cluster is read-only here.';
    return { outcome: 'deny', code: 'READ_ONLY', reason, hint: 'Select a cluster that is connected live.' };
  }
  if (actor.kind === 'person') return allow;
  return { outcome: 'needsApproval', reason: `${actor.id} may propose this change and a person must approve it.`, hint: 'Approve it in the workbench.' };
}

function publicRead(request: GateRequest): Decision {
  if (request.effect === 'read') return allow;
  return { outcome: 'deny', code: 'FORBIDDEN', reason: 'Nothing that changes something is public.', hint: 'Log in first.' };
}
