import { type AccessPolicy, type DangerClass, isWorse, type Permission } from '@quarterdeck/contract';

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
  /** The id of their role there; left out where there are none. */
  role?: string;
  /** Which login this is, for what ends with it; null where there is none (a launch token, a personal access token). */
  session: string | null;
}

/** A cluster as the gate needs it. */
export interface GateCluster {
  readOnly: boolean;
  /** Whether others live by it: changing anything there needs a permission of its own. */
  production: boolean;
}

/** What a request to the API server really does, derived from the request itself: see `realRequest`. */
export interface RealRequest {
  danger: DangerClass;
  /** Whether the server goes through all but the change itself. */
  dryRun: boolean;
  /** Whether it is about a namespace that the cluster itself lives by. */
  isProtected: boolean;
}

/** A call of a route or of a tool. */
export interface CallRequest {
  /** `public` is what a load balancer may ask before anybody logged in. */
  permission: Permission | 'public';
  effect: 'read' | 'write';
  /** The cluster it is about; null where it is about none. */
  cluster: GateCluster | null;
}

/** A request to the API server that is made for a call which was let in: what the call is allowed to do it may not exceed. */
export interface ClusterRequest {
  request: RealRequest;
  cluster: GateCluster;
}

export type GateRequest = CallRequest | ClusterRequest;

export type Decision =
  | { outcome: 'allow' }
  | { outcome: 'deny'; code: 'AUTH_REQUIRED' | 'FORBIDDEN' | 'READ_ONLY'; reason: string; hint: string }
  | { outcome: 'needsApproval'; reason: string; hint: string };

const allow: Decision = { outcome: 'allow' };

/** The one decision about what may happen. Pure; what no line allows is denied. */
export function decide(actor: Actor, request: GateRequest): Decision {
  if ('request' in request) return decideRequest(actor, request);
  if (request.permission === 'public') return publicRead(request);
  if (actor.kind === 'anonymous') return unknown;
  if (!actor.permissions.has(request.permission)) return forbidden(`${actor.id} does not have the permission ${request.permission}.`);
  return request.effect === 'read' ? allow : decideWrite(actor, request.cluster, false);
}

function decideRequest(actor: Actor, { request: { danger, dryRun, isProtected }, cluster }: ClusterRequest): Decision {
  if (actor.kind === 'anonymous') return unknown;
  if (!isWorse(danger, 'sensitiveRead'))
    return danger === 'read' || actor.kind === 'person' ? allow : approval(`${actor.id} may not read credentials by itself.`);
  // A dry run reaches admission webhooks, and not every one of them leaves things alone.
  if (dryRun && !cluster.production && danger !== 'execution') return allow;
  return decideWrite(actor, cluster, isProtected);
}

function decideWrite(actor: Actor, cluster: GateCluster | null, isProtected: boolean): Decision {
  if (cluster === null) return readOnly('No cluster is named that could be changed.');
  if (cluster.readOnly) return readOnly('The cluster is read-only here.');
  if ((isProtected || cluster.production) && !actor.permissions.has('cluster.protected')) {
    const what = cluster.production
      ? 'a production cluster'
      : 'what is protected: a namespace of the cluster itself, rights, or what belongs to the whole cluster';
    return forbidden(`${actor.id} does not have the permission cluster.protected, and this changes ${what}.`);
  }
  return actor.kind === 'person' ? allow : approval(`${actor.id} may propose this change and a person must approve it.`);
}

function publicRead(request: CallRequest): Decision {
  if (request.effect === 'read') return allow;
  return { outcome: 'deny', code: 'FORBIDDEN', reason: 'Nothing that changes something is public.', hint: 'Log in first.' };
}

const unknown: Decision = {
  outcome: 'deny',
  code: 'AUTH_REQUIRED',
  reason: 'Nobody is logged in.',
  hint: 'Log in, or open the address that the workbench printed when it started; a program sends its token as `Authorization: Bearer TOKEN`.',
};

function forbidden(reason: string): Decision {
  return { outcome: 'deny', code: 'FORBIDDEN', reason, hint: 'Ask whoever runs this workbench for the permission.' };
}

function readOnly(reason: string): Decision {
  return { outcome: 'deny', code: 'READ_ONLY', reason, hint: 'Select a cluster that is connected live.' };
}

function approval(reason: string): Decision {
  return { outcome: 'needsApproval', reason, hint: 'Approve it in the workbench.' };
}
