import type { Volume } from 'kubernetes-types/core/v1.js';
import { defineContainerLint, defineTemplateLint } from './define-lint.ts';

export const privilegedContainer = defineContainerLint({
  code: 'privileged-container',
  title: 'Privileged container',
  documentation:
    'A privileged container may do on the node what root may: whoever gets into it has the node. Drivers and node agents need it; most programs need one capability at most.',
  severity: 'low',
  silentWhen: 'The system namespaces, where node agents live.',
  *check({ container }) {
    if (container.securityContext?.privileged === true)
      yield { path: 'securityContext.privileged', message: `Container ${container.name} is as mighty as root on its node.` };
  },
});

/** Capabilities that come near to being root on the node. */
const mighty = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'DAC_READ_SEARCH',
  'DAC_OVERRIDE',
  'NET_ADMIN',
  'NET_RAW',
  'BPF',
  'SYS_BOOT',
]);

export const mightyCapability = defineContainerLint({
  code: 'mighty-capability',
  title: 'Container with a capability that reaches the node',
  documentation:
    'The added capability lets the program reach beyond its container (the network of the node, the memory of other processes, kernel modules). Drop it unless the program is about that.',
  severity: 'low',
  silentWhen: 'The capability is a harmless one, such as NET_BIND_SERVICE.',
  *check({ container }) {
    const added = (container.securityContext?.capabilities?.add ?? []).filter((name) => mighty.has(name.toUpperCase().replace(/^CAP_/, '')));
    if (added.length > 0) yield { path: 'securityContext.capabilities.add', message: `Container ${container.name} adds ${added.join(', ')}.` };
  },
});

export const hostNamespace = defineTemplateLint({
  code: 'host-namespace',
  title: 'Pod shares the network, processes or memory of its node',
  documentation:
    'hostNetwork, hostPID and hostIPC take away the wall between the pod and its node: it sees the node’s traffic or processes, and NetworkPolicies do not hold for it. Node agents need it.',
  severity: 'low',
  silentWhen: 'The system namespaces, where node agents live.',
  *check({ spec, path }) {
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const)
      if (spec[field] === true) yield { path: `${path}.${field}`, message: `${field} is true.` };
  },
});

const sensitive = /^\/$|^\/(etc|root|proc|sys|boot|dev)(\/|$)|^\/var\/(lib\/(kubelet|docker|containerd|etcd)|run)(\/|$)|\.sock$/;

export const sensitiveHostPath = defineTemplateLint({
  code: 'sensitive-host-path',
  title: 'Pod mounts a sensitive folder of its node',
  documentation:
    'The folder holds credentials, devices or the socket of the container runtime: who may write there has the node. Node agents need it, mostly read-only.',
  severity: 'low',
  silentWhen: 'The folder is an ordinary one, or every mount of it is read-only.',
  *check({ spec, path }) {
    const mounts = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].flatMap(({ volumeMounts = [] }) => volumeMounts);
    const isWritable = (volume: Volume) => mounts.some(({ name, readOnly }) => name === volume.name && readOnly !== true);
    for (const [index, volume] of (spec.volumes ?? []).entries()) {
      const folder = volume.hostPath?.path;
      if (folder !== undefined && sensitive.test(folder) && isWritable(volume))
        yield { path: `${path}.volumes[${index}].hostPath.path`, message: `${folder} of the node can be written.` };
    }
  },
});

export const privilegeEscalation = defineContainerLint({
  code: 'privilege-escalation',
  title: 'Container that may gain privileges',
  documentation:
    'allowPrivilegeEscalation is set to true: a setuid program inside the container may become root in it. Set it to false, which the restricted profile asks for.',
  severity: 'info',
  silentWhen: 'The field is left out: only who says it on purpose is told.',
  *check({ container }) {
    const { allowPrivilegeEscalation, privileged } = container.securityContext ?? {};
    if (allowPrivilegeEscalation === true && privileged !== true)
      yield { path: 'securityContext.allowPrivilegeEscalation', message: 'allowPrivilegeEscalation is true.' };
  },
});

export const runsAsRoot = defineContainerLint({
  code: 'runs-as-root',
  title: 'Container runs as root',
  documentation: 'runAsUser is 0: a flaw in the program is a flaw of root, and files on volumes belong to root. Set another user and runAsNonRoot.',
  severity: 'info',
  silentWhen: 'runAsUser is left out (the image may have its own user), or the container is privileged anyway.',
  *check({ container, template }) {
    const user = container.securityContext?.runAsUser ?? template.spec.securityContext?.runAsUser;
    if (user === 0 && container.securityContext?.privileged !== true)
      yield { path: 'securityContext.runAsUser', message: `Container ${container.name} runs as user 0.` };
  },
});

export const privilegeChecks = [privilegedContainer, mightyCapability, hostNamespace, sensitiveHostPath, privilegeEscalation, runsAsRoot];
