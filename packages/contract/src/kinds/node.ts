import type { KindTypes } from '../objects/kube-object.ts';
import { ageColumn, column, nameColumn, wide } from './columns.ts';
import { defineKind } from './define-kind.ts';
import { conditionOf } from './health.ts';
import type { Health } from './kind-descriptor.ts';

type Node = KindTypes['Node'];

const pressures = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];
const rolePrefix = 'node-role.kubernetes.io/';

function health(object: Node): Health {
  const ready = conditionOf(object.status?.conditions, 'Ready');
  const text = statusText(object);
  if (ready?.status !== 'True') return { state: ready === undefined ? 'unknown' : 'critical', text };
  const pressed = pressures.filter((type) => conditionOf(object.status?.conditions, type)?.status === 'True');
  if (pressed.length > 0) return { state: 'high', text: `${text},${pressed.join(',')}` };
  return { state: object.spec?.unschedulable === true ? 'paused' : 'healthy', text };
}

/** `Ready,SchedulingDisabled`, as kubectl prints it. */
function statusText(object: Node): string {
  const ready = conditionOf(object.status?.conditions, 'Ready');
  const state = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return object.spec?.unschedulable === true ? `${state},SchedulingDisabled` : state;
}

function roles(object: Node): string {
  const labels = object.metadata.labels ?? {};
  const named = Object.keys(labels)
    .filter((label) => label.startsWith(rolePrefix))
    .map((label) => label.slice(rolePrefix.length));
  const legacy = labels['kubernetes.io/role'];
  return [...named, ...(legacy === undefined ? [] : [legacy])].sort().join(',');
}

function address(object: Node, type: string): string | undefined {
  return object.status?.addresses?.find((candidate) => candidate.type === type)?.address;
}

export const node = defineKind('Node', {
  sort: 'name',
  columns: [
    nameColumn,
    column('status', 'Status', 'status', (object) => health(object).text),
    column('roles', 'Roles', 'text', roles),
    ageColumn,
    column('version', 'Version', 'text', (object) => object.status?.nodeInfo?.kubeletVersion),
    column('internalIp', 'Internal IP', 'text', (object) => address(object, 'InternalIP')),
    wide(column('externalIp', 'External IP', 'text', (object) => address(object, 'ExternalIP'))),
    column('taints', 'Taints', 'text', (object) =>
      (object.spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).join(','),
    ),
    column('osImage', 'OS image', 'text', (object) => object.status?.nodeInfo?.osImage),
    wide(column('kernel', 'Kernel version', 'text', (object) => object.status?.nodeInfo?.kernelVersion)),
    column('runtime', 'Container runtime', 'text', (object) => object.status?.nodeInfo?.containerRuntimeVersion),
  ],
  health,
});
