import type { Problem } from './problem.ts';
import type { MadeObject } from './wanted.ts';

/** A change of a manifest that answers a problem; null where it is for another one. */
export interface Repair {
  /** What was done, in a sentence. */
  said: string;
  answers(problem: Problem): boolean;
  apply(object: MadeObject, problem: Problem): MadeObject;
}

/** The pod spec of any workload, wherever it stands. */
function withPodSpec(object: MadeObject, change: (spec: Record<string, unknown>) => Record<string, unknown>): MadeObject {
  return at(object, podPath(object.kind), change);
}

function podPath(kind: string): readonly string[] {
  if (kind === 'Pod') return ['spec'];
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'];
}

function at(object: MadeObject, path: readonly string[], change: (value: Record<string, unknown>) => Record<string, unknown>): MadeObject {
  const [field, ...rest] = path;
  if (field === undefined) return { ...object, ...change(object) };
  return { ...object, [field]: changedAt(object[field], rest, change) };
}

function changedAt(value: unknown, path: readonly string[], change: (value: Record<string, unknown>) => Record<string, unknown>): unknown {
  const record = asRecord(value);
  const [field, ...rest] = path;
  return field === undefined ? change(record) : { ...record, [field]: changedAt(record[field], rest, change) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function containers(spec: Record<string, unknown>, change: (container: Record<string, unknown>) => Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(spec.containers) ? { ...spec, containers: spec.containers.map((container) => change(asRecord(container))) } : spec;
}

const limits = { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '128Mi' } };
function bounded(resources: Record<string, unknown>) {
  return { requests: { ...limits.requests, ...asRecord(resources.requests) }, limits: { cpu: '500m', ...limits.limits, ...asRecord(resources.limits) } };
}

const unprivileged = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 65532,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

export const repairs: readonly Repair[] = [
  {
    said: 'took out a field that the cluster does not know',
    answers: ({ source, code, path }) => source === 'schema' && code === 'unknown-field' && path !== null,
    apply: (object, { path }) => without(object, path ?? ''),
  },
  {
    said: 'gave the containers the CPU and memory limits that a quota asks for',
    answers: ({ source, message }) => source === 'server' && /must specify (?:limits|requests)|failed quota/.test(message),
    apply: (object) => withPodSpec(object, (spec) => containers(spec, (each) => ({ ...each, resources: bounded(asRecord(each.resources)) }))),
  },
  {
    said: 'set what the restricted Pod Security Standard asks for (the image must work as the user 65532)',
    answers: ({ source, message }) => source === 'server' && /violates? PodSecurity|would violate PodSecurity/.test(message),
    apply: (object) =>
      withPodSpec(object, (spec) => containers(spec, (each) => ({ ...each, securityContext: { ...asRecord(each.securityContext), ...unprivileged } }))),
  },
  {
    said: 'gave the containers requests and a memory limit',
    answers: ({ code }) => code === 'memory-limit-missing' || code === 'resources-none',
    apply: (object) => withPodSpec(object, (spec) => containers(spec, (each) => ({ ...each, resources: { ...limits, ...asRecord(each.resources) } }))),
  },
  {
    said: 'took the right to gain privileges',
    answers: ({ code }) => code === 'privilege-escalation',
    apply: (object) =>
      withPodSpec(object, (spec) =>
        containers(spec, (each) => ({ ...each, securityContext: { ...asRecord(each.securityContext), allowPrivilegeEscalation: false } })),
      ),
  },
];

function without(object: MadeObject, path: string): MadeObject {
  const steps = path.split(/\.|\[(\d+)\]/).filter((step) => step !== undefined && step !== '');
  const kept = removed(object, steps);
  return { ...asRecord(kept), apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata };
}

function removed(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return value.map((item, index) => (index === Number(step) ? removed(item, rest) : item));
  const record = asRecord(value);
  if (rest.length > 0) return { ...record, [step]: removed(record[step], rest) };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== step));
}
