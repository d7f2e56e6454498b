import { parseQuantity } from '@quarterdeck/contract';
import { numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type Remedy } from '../../model/remedy.ts';
import { probeOf } from '../../pods/probe-target.ts';
import { templateContainer, type Workload, workloadAt } from '../../pods/workload.ts';
import { formatBytes } from '../../scheduling/quantity.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { undoRollout } from './incident-rollout.ts';
import type { PatchOperation } from './step.ts';
import { changed, type Proposed, type TemplateChange } from './template-change.ts';

interface Place {
  workload: Workload;
  container: NonNullable<ReturnType<typeof templateContainer>>;
}

type Change = (incident: Incident, place: Place) => TemplateChange | { missing: string[] };

/** Goes back where an older revision serves, else changes the container that the incident names. */
function containerRemedy(mechanisms: readonly string[], change: Change): Remedy {
  return defineRemedy({
    mechanisms,
    propose(incident, view): Proposed {
      const undo = undoRollout(incident);
      if (undo !== null) return undo;
      const place = placeOf(incident, view);
      if (place === null) return { missing: [`The template of container ${stringFact(incident.facts, 'container')}.`] };
      const wanted = change(incident, place);
      return 'missing' in wanted ? wanted : changed(incident, view, wanted);
    },
  });
}

function placeOf({ cause, facts }: Incident, view: ClusterView): Place | null {
  const workload = workloadAt(cause, view);
  const container = workload === null ? null : templateContainer(workload, stringFact(facts, 'container') ?? '');
  return workload === null || container === null ? null : { workload, container };
}

function replaced(path: string, old: unknown, value: unknown): Pick<TemplateChange, 'operations' | 'undo'> {
  const back: PatchOperation = old === undefined ? { op: 'remove', path } : { op: 'replace', path, value: old };
  return { operations: [{ op: old === undefined ? 'add' : 'replace', path, value }], undo: [back] };
}

/** `64m` was meant as `64Mi`, and so was a number without a unit. */
export const memoryUnitRemedy = containerRemedy(['memory-limit-below-minimum'], (incident, { container }) => {
  const limit = container.spec.resources?.limits?.memory;
  const number = /^(\d+)(?:m|k|Ki)?$/.exec(String(limit ?? ''))?.[1];
  if (limit === undefined || number === undefined)
    return { missing: [`How much memory container ${container.spec.name} needs: ${stringFact(incident.facts, 'value')} is too little to start.`] };
  return {
    description: `Limit the memory of ${container.spec.name} to ${number}Mi instead of ${limit}`,
    ...replaced(`${container.path}.resources.limits.memory`, limit, `${number}Mi`),
    assumption: `${number}Mi (mebibytes) was meant: no program starts within ${limit}.`,
    recommendations: ['Let a LimitRange refuse memory limits below 1Mi.'],
  };
});

/** The usual program that the command almost is. */
export const commandRemedy = containerRemedy(['command-not-found'], ({ facts }, { container }) => {
  const [command, meant] = [stringFact(facts, 'command') ?? '', stringFact(facts, 'meant')];
  const missing = [
    `An image that contains ${command}, or a command that ${stringFact(facts, 'image')} contains: kubectl run with that image and look at its PATH.`,
  ];
  if (meant === null) return { missing };
  for (const field of ['command', 'args'] as const) {
    const index = (container.spec[field] ?? []).findIndex((word) => new RegExp(`(?<![\\w/-])${escaped(command)}(?![\\w-])`).test(word));
    const word = container.spec[field]?.[index];
    if (word === undefined) continue;
    return {
      description: `Run ${meant} instead of ${command}`,
      ...replaced(`${container.path}.${field}[${index}]`, word, word.replace(command, meant)),
      assumption: `${meant} was meant, and image ${stringFact(facts, 'image')} has it.`,
    };
  }
  return { missing };
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const executable = 0o755;

/** A script from a ConfigMap may be executed where the volume's mode says so. */
export const scriptModeRemedy = containerRemedy(['command-not-executable'], ({ facts }, { workload, container }) => {
  const command = stringFact(facts, 'value') ?? '';
  const mount = (container.spec.volumeMounts ?? []).find(({ mountPath }) => command === mountPath || command.startsWith(`${mountPath.replace(/\/$/, '')}/`));
  const index = (workload.spec.volumes ?? []).findIndex(({ name }) => name === mount?.name);
  const volume = workload.spec.volumes?.[index];
  const source = volume?.configMap !== undefined ? 'configMap' : volume?.secret !== undefined ? 'secret' : null;
  if (volume === undefined || source === null)
    return { missing: [`An image in which ${command} may be executed (chmod +x), or a command that runs it through its interpreter.`] };
  return {
    description: `Mount volume ${volume.name} with the mode 0755, so that ${command} may be executed`,
    ...replaced(`${workload.path}.volumes[${index}].${source}.defaultMode`, volume[source]?.defaultMode, executable),
    assumption: `Nothing depends on the other files of volume ${volume.name} not being executable.`,
  };
});

export const hookRemedy = containerRemedy(['post-start-hook-fails'], ({ facts }, { container }) => {
  const hook = container.spec.lifecycle?.postStart;
  const path = `${container.path}.lifecycle.postStart`;
  if (hook === undefined) return { missing: ['The hook as it stands in the template.'] };
  return {
    description: `Start ${container.spec.name} without its postStart hook`,
    operations: [{ op: 'remove', path }],
    undo: [{ op: 'add', path, value: hook }],
    assumption: `The program serves without what the hook was to do (${stringFact(facts, 'hook')}); it itself starts well and is killed for the hook alone.`,
    impact: 'medium',
    recommendations: ['Mend the hook and put it back; let it tolerate being run twice.'],
  };
});

export const oddProbeRemedy = containerRemedy(['probe-wrong-scheme', 'probe-wrong-host', 'probe-timeout-too-short'], (incident, { container }) => {
  const { facts, mechanism } = incident;
  const name = (['liveness', 'readiness', 'startup'] as const).find((each) => each === facts.probe);
  const probe = name === undefined ? undefined : probeOf(container.spec, name);
  const path = `${container.path}.${name}Probe`;
  if (probe === undefined) return { missing: ['The probe as it stands in the template.'] };
  if (mechanism === 'probe-wrong-scheme') {
    const right = stringFact(facts, 'right') ?? 'HTTP';
    return {
      description: `Let the ${name} probe speak ${right}`,
      ...replaced(`${path}.httpGet.scheme`, probe.httpGet?.scheme, right),
      assumption: `The program is meant to speak ${right} on port ${numberFact(facts, 'port')}: that is what it answers.`,
    };
  }
  if (mechanism === 'probe-wrong-host') {
    const form = stringFact(facts, 'form') ?? 'httpGet';
    return {
      description: `Let the ${name} probe ask the pod itself`,
      operations: [{ op: 'remove', path: `${path}.${form}.host` }],
      undo: [{ op: 'add', path: `${path}.${form}.host`, value: stringFact(facts, 'value') }],
      assumption: 'The probe is to say whether this pod is well, not another machine.',
    };
  }
  return moreTime(path, name ?? '', probe);
});

const longestTimeout = 30;

function moreTime(path: string, name: string, probe: NonNullable<ReturnType<typeof probeOf>>): TemplateChange {
  const old = probe.timeoutSeconds ?? 1;
  const timeout = Math.max(old + 1, Math.min(longestTimeout, Math.max(10, old * 5)));
  const period = Math.max(probe.periodSeconds ?? 10, timeout);
  const times = replaced(`${path}.timeoutSeconds`, probe.timeoutSeconds, timeout);
  const periods = replaced(`${path}.periodSeconds`, probe.periodSeconds, period);
  return {
    description: `Give the program ${timeout} s to answer the ${name} probe`,
    operations: [...times.operations, ...periods.operations],
    undo: [...times.undo, ...periods.undo],
    assumption: `The program answers within ${timeout} s; how long it takes was not measured. If it hangs, more time changes nothing.`,
    recommendations: ['Let probes ask for something cheap that calls nobody else, and alert on how long answers take.'],
  };
}

const growth = 4;

/** Room for four times as much, where the limit is the pod's own. */
export const ephemeralStorageRemedy = defineRemedy({
  mechanisms: ['ephemeral-storage-exceeded'],
  propose(incident, view) {
    const [path, limit] = [stringFact(incident.facts, 'path') ?? '', stringFact(incident.facts, 'limit') ?? ''];
    const bytes = parseQuantity(limit);
    if (bytes === null || path.includes('[]'))
      return { missing: ['How much the containers write, and which of their limits is to be raised: kubectl exec … -- du -sh.'] };
    const right = formatBytes(bytes * growth);
    return changed(incident, view, {
      description: `Raise the limit from ${limit} to ${right}`,
      ...replaced(path, limit, right),
      assumption: `How much the program needs was not measured: it outgrew ${limit}. If it writes without end, it will be evicted again, only later.`,
      recommendations: ['Rotate or drop what is written there, and alert on its size.'],
    });
  },
});

export const readinessGateRemedy = defineRemedy({
  mechanisms: ['readiness-gate-unmet'],
  propose(incident, view) {
    const workload = workloadAt(incident.cause, view);
    const gates = workload?.spec.readinessGates;
    const named = String(incident.facts.gates);
    if (workload === null || gates === undefined)
      return { missing: [`Who is to set the condition ${named}, and whether it runs: a load balancer controller, for one.`] };
    const path = `${workload.path}.readinessGates`;
    return changed(incident, view, {
      description: `Take the readiness gate ${named} out of the template`,
      operations: [{ op: 'remove', path }],
      undo: [{ op: 'add', path, value: gates }],
      assumption: `No controller of this cluster sets ${named}; without it the pods serve as soon as their containers are ready.`,
      impact: 'medium',
    });
  },
});

export const unusedPullSecretRemedy = defineRemedy({
  mechanisms: ['pull-secret-not-used'],
  propose(incident, view) {
    const [path, secret, user] = [
      stringFact(incident.facts, 'path') ?? '',
      stringFact(incident.facts, 'secret') ?? '',
      stringFact(incident.facts, 'user') ?? '',
    ];
    return changed(incident, view, {
      description: `Pull with Secret ${secret}, as ${user} does`,
      ...replaced(path, undefined, [{ name: secret }]),
      assumption: `The account of Secret ${secret} may read this repository too.`,
    });
  },
});

/** A limit of its own for the container that got a default one. */
export const defaultLimitRemedy = defineRemedy({
  mechanisms: ['default-memory-limit-exceeded'],
  propose(incident, view) {
    const [limit, name] = [stringFact(incident.facts, 'limit') ?? '', stringFact(incident.facts, 'container') ?? ''];
    const ref = incident.affected.find((each) => `${each.kind} ${each.name}` === incident.facts.workload);
    const workload = ref === undefined ? null : workloadAt(ref, view);
    const container = workload === null ? null : templateContainer(workload, name);
    const bytes = parseQuantity(limit);
    if (workload === null || container === null || bytes === null)
      return { missing: [`The memory that container ${name} uses under load: kubectl top pod --containers.`] };
    const right = formatBytes(bytes * growth);
    const resources = container.spec.resources;
    return changed({ ...incident, cause: workload.ref }, view, {
      description: `Give ${name} a memory limit of its own, ${right}, instead of the default of ${limit}`,
      ...replaced(`${container.path}.resources`, resources, { ...resources, limits: { ...resources?.limits, memory: right } }),
      assumption: `How much the program needs was not measured: it was killed at ${limit}. ${right} is to be verified with kubectl top pod.`,
      recommendations: ['Set requests and limits from measured use; a default limit of a namespace fits no particular program.'],
    });
  },
});

/** Any that is not root; no image needs to know it. */
const ordinaryUser = 10_001;

/** The user of its own that runAsNonRoot asks for and neither the image nor the template names. */
export const nonRootRemedy = containerRemedy(['run-as-non-root'], (_incident, { container }) => {
  const context = container.spec.securityContext;
  return {
    description: `Run ${container.spec.name} as user ${ordinaryUser}`,
    ...replaced(`${container.path}.securityContext`, context, { ...context, runAsUser: ordinaryUser }),
    assumption: `The program runs as any user: it neither listens below port 1024 nor writes where only root may. The image's documentation names a better one, if it has one.`,
    impact: 'medium',
    recommendations: ['Build images with a numeric USER, so that runAsNonRoot can be checked.'],
  };
});

/** A volume in memory where the container's own shared memory is too small. */
export const sharedMemoryRemedy = containerRemedy(['shared-memory-too-small'], (_incident, { workload, container }) => {
  const [volumes, mounts] = [workload.spec.volumes, container.spec.volumeMounts];
  const name = 'shared-memory';
  const [ofVolumes, ofMounts] = [`${workload.path}.volumes`, `${container.path}.volumeMounts`];
  return {
    description: 'Mount a volume in memory at /dev/shm',
    operations: [
      { op: 'add', path: ofVolumes, value: [...(volumes ?? []), { name, emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } }] },
      { op: 'add', path: ofMounts, value: [...(mounts ?? []), { name, mountPath: '/dev/shm' }] },
    ],
    undo: [
      volumes === undefined ? { op: 'remove', path: ofVolumes } : { op: 'replace', path: ofVolumes, value: volumes },
      mounts === undefined ? { op: 'remove', path: ofMounts } : { op: 'replace', path: ofMounts, value: mounts },
    ],
    assumption: 'The memory limit of the container leaves room for 256Mi: what lies in that volume counts against it.',
    impact: 'medium',
  };
});
