import type { DebugProfile, KindTypes } from '@quarterdeck/contract';

type PodSpec = NonNullable<KindTypes['Pod']['spec']>;
export type SecurityContext = NonNullable<PodSpec['containers'][number]['securityContext']>;

const restricted: SecurityContext = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What kubectl's profiles give a container beside others. Source: kubectl/pkg/cmd/debug/profiles.go. */
export const podSecurity: Record<DebugProfile, SecurityContext | null> = {
  general: { capabilities: { add: ['SYS_PTRACE'] } },
  baseline: null,
  restricted,
  netadmin: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
  sysadmin: { privileged: true },
};

export interface NodeAccess {
  /** Whether it shares network, processes and IPC with the node. */
  hostNamespaces: boolean;
  /** Whether the node's files are at /host. */
  hostFiles: boolean;
  security: SecurityContext | null;
}

/** The same for a pod on a node. */
export const nodeAccess: Record<DebugProfile, NodeAccess> = {
  general: { hostNamespaces: true, hostFiles: true, security: null },
  baseline: { hostNamespaces: false, hostFiles: false, security: null },
  restricted: { hostNamespaces: false, hostFiles: false, security: restricted },
  netadmin: { hostNamespaces: true, hostFiles: false, security: podSecurity.netadmin },
  sysadmin: { hostNamespaces: true, hostFiles: true, security: { privileged: true } },
};
