import type { ClusterVersion } from '../access/cluster-access.ts';

/** The subresources of a pod that are used over a stream. */
export type StreamSubresource = 'exec' | 'attach' | 'portforward';

export type StreamVerb = 'get' | 'create';

/**
 * The verbs on `pods/exec`, `pods/attach` and `pods/portforward` that a WebSocket needs. Its handshake is a GET, so
 * `get` always; since 1.35 the server asks for `create` as well (AuthorizePodWebsocketUpgradeCreatePermission), so
 * that reading rights no longer give a shell.
 */
export function streamVerbs({ major, minor }: Pick<ClusterVersion, 'major' | 'minor'>): readonly StreamVerb[] {
  return major > 1 || (major === 1 && minor >= 35) ? ['get', 'create'] : ['get'];
}

/** What a person can ask for, where verbs are missing. */
export function missingRights(subresource: StreamSubresource, missing: readonly StreamVerb[], namespace: string): { message: string; hint: string } {
  const verbs = missing.join(' and ');
  const since = missing.includes('create') && !missing.includes('get') ? ' Since Kubernetes 1.35 `get` alone is not enough.' : '';
  return {
    message: `You may not ${verbs} pods/${subresource} in the namespace ${namespace}.${since}`,
    hint: `Ask for a role with the verbs get and create on pods/${subresource}. Check: kubectl auth can-i ${missing[0] ?? 'create'} pods/${subresource} -n ${namespace}`,
  };
}
