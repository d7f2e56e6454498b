import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';

export type PodSecurityProfile = 'baseline' | 'restricted';

/** The label of a namespace with which Pod Security admission refuses pods. */
export const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The profile that a namespace enforces; null where it enforces none. */
export function enforcedProfile(namespace: { metadata: ObjectMeta } | undefined): PodSecurityProfile | null {
  const profile = namespace?.metadata.labels?.[enforceLabel];
  return profile === 'baseline' || profile === 'restricted' ? profile : null;
}

/** One control of the standard that a pod breaks, in the words of Kubernetes' own refusal. */
export interface ProfileViolation {
  control: string;
  /** Names of the containers; empty where the pod as a whole breaks it. */
  containers: string[];
  detail: string;
}

type Judge = (spec: PodSpec, containers: readonly Container[]) => ProfileViolation | null;

function violation(control: string, detail: string, containers: readonly Container[] = []): ProfileViolation {
  return { control, detail, containers: containers.map(({ name }) => name) };
}

function byContainer(control: string, breaks: (container: Container, spec: PodSpec) => boolean, detail: (culprits: readonly Container[]) => string): Judge {
  return (spec, containers) => {
    const culprits = containers.filter((container) => breaks(container, spec));
    return culprits.length === 0 ? null : violation(control, detail(culprits), culprits);
  };
}

const baselineCapabilities = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const safeSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
]);

const added = ({ securityContext }: Container) => securityContext?.capabilities?.add ?? [];

function hostNamespaces(spec: PodSpec): ProfileViolation | null {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field] === true);
  return shared.length === 0 ? null : violation('host namespaces', shared.map((field) => `${field}=true`).join(', '));
}

function hostPaths(spec: PodSpec): ProfileViolation | null {
  const volumes = (spec.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined);
  return volumes.length === 0 ? null : violation('hostPath volumes', volumes.map(({ name }) => name).join(', '));
}

function sysctls(spec: PodSpec): ProfileViolation | null {
  const unsafe = (spec.securityContext?.sysctls ?? []).filter(({ name }) => !safeSysctls.has(name));
  return unsafe.length === 0 ? null : violation('forbidden sysctls', unsafe.map(({ name }) => name).join(', '));
}

function unconfined(spec: PodSpec, containers: readonly Container[]): ProfileViolation | null {
  const culprits = containers.filter(({ securityContext }) => securityContext?.seccompProfile?.type === 'Unconfined');
  const wholePod = spec.securityContext?.seccompProfile?.type === 'Unconfined';
  return wholePod || culprits.length > 0 ? violation('seccompProfile', 'type "Unconfined" is not allowed', culprits) : null;
}

/** Source: kubernetes.io/docs/concepts/security/pod-security-standards; without Windows, SELinux, AppArmor and procMount. */
const baseline: readonly Judge[] = [
  hostNamespaces,
  byContainer(
    'privileged',
    ({ securityContext }) => securityContext?.privileged === true,
    () => 'securityContext.privileged=true',
  ),
  byContainer(
    'non-default capabilities',
    (container) => added(container).some((name) => !baselineCapabilities.has(name)),
    (culprits) => `adds ${[...new Set(culprits.flatMap(added).filter((name) => !baselineCapabilities.has(name)))].join(', ')}`,
  ),
  hostPaths,
  byContainer(
    'hostPort',
    ({ ports }) => (ports ?? []).some(({ hostPort }) => hostPort !== undefined && hostPort !== 0),
    (culprits) => `uses hostPorts ${[...new Set(culprits.flatMap(({ ports }) => (ports ?? []).flatMap(({ hostPort }) => hostPort ?? [])))].join(', ')}`,
  ),
  sysctls,
  unconfined,
];

const restrictedVolumes = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']);

function volumeTypes(spec: PodSpec): ProfileViolation | null {
  const others = (spec.volumes ?? []).filter((volume) => !Object.keys(volume).some((key) => restrictedVolumes.has(key)) && Object.keys(volume).length > 1);
  return others.length === 0 ? null : violation('restricted volume types', others.map(({ name }) => name).join(', '));
}

const restricted: readonly Judge[] = [
  ...baseline,
  volumeTypes,
  byContainer(
    'allowPrivilegeEscalation != false',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
    () => 'must set securityContext.allowPrivilegeEscalation=false',
  ),
  byContainer(
    'unrestricted capabilities',
    (container) => !(container.securityContext?.capabilities?.drop ?? []).includes('ALL') || added(container).some((name) => name !== 'NET_BIND_SERVICE'),
    () => 'must set securityContext.capabilities.drop=["ALL"]',
  ),
  byContainer(
    'runAsNonRoot != true',
    ({ securityContext }, spec) => (securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) !== true,
    () => 'must set securityContext.runAsNonRoot=true',
  ),
  byContainer(
    'runAsUser=0',
    ({ securityContext }, spec) => (securityContext?.runAsUser ?? spec.securityContext?.runAsUser) === 0,
    () => 'must not set runAsUser=0',
  ),
  byContainer(
    'seccompProfile',
    ({ securityContext }, spec) =>
      !['RuntimeDefault', 'Localhost'].includes(securityContext?.seccompProfile?.type ?? spec.securityContext?.seccompProfile?.type ?? ''),
    () => 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
  ),
];

/** What a pod of this template breaks of a profile; empty where it would be let in. */
export function profileViolations(profile: PodSecurityProfile, spec: PodSpec): ProfileViolation[] {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  return (profile === 'baseline' ? baseline : restricted).flatMap((judge) => judge(spec, containers) ?? []);
}

/** `privileged (container app: securityContext.privileged=true)`: a violation as the API server words it. */
export function violationText({ control, containers, detail }: ProfileViolation): string {
  if (containers.length === 0) return `${control} (${detail})`;
  return `${control} (${containers.length === 1 ? 'container' : 'containers'} ${containers.join(', ')}: ${detail})`;
}
