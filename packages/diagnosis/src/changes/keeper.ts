import { type KindTypes, type KubeObject, type ObjectRef, refKey, refOf } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';

import { containersOf, podTemplateOf } from '../graph/pod-template.ts';
import { timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { controllerOf } from '../view/ownership.ts';
import { fieldsOverlap, type Write, writesOf } from './writes.ts';

/** A program of the cluster that writes a field, and will write it again. */
export interface Keeper {
  ref: ObjectRef;
  write: Write;
  /** The run in which it wrote; null where only its text and its name tell. */
  run: ObjectRef | null;
  /** Where it names the object. */
  path: string;
  /** When a CronJob runs; null for what runs all the time. */
  schedule: string | null;
}

/**
 * Who keeps writing a field of an object: a CronJob whose run was on at the moment of the write, or a workload of the
 * namespace that writes under the name of its program; either must name the object in its text. Null where nobody does.
 */
export function keeperOf(object: KubeObject, paths: readonly string[], view: ClusterView): Keeper | null {
  const write = writesOf(object).find((candidate) => !candidate.creates && touches(candidate, paths));
  if (write === undefined) return null;
  for (const cronJob of view.list('CronJob')) {
    const keeper = byCronJob(cronJob, object, write, view);
    if (keeper !== null) return keeper;
  }
  const namespace = object.metadata.namespace;
  if (namespace === undefined) return null;
  const workloads = [...view.list('Deployment', namespace), ...view.list('StatefulSet', namespace), ...view.list('DaemonSet', namespace)];
  for (const workload of workloads) {
    if (refKey(refOf(workload)) === refKey(refOf(object))) continue;
    const text = textNaming(workload, object, view);
    if (text !== null && isItsName(write.by, workload, text.text) && view.podsOf(refOf(workload)).some((pod) => ranAt(pod, write.at))) {
      return { ref: refOf(workload), write, run: null, path: text.path, schedule: null };
    }
  }
  return null;
}

function touches({ fields }: Write, paths: readonly string[]): boolean {
  if (fields.length === 0) return false;
  if (paths.length === 0) return fields.some((field) => /^(?:spec|data|webhooks|rules|subjects)/.test(field));
  return fields.some((field) => paths.some((path) => fieldsOverlap(field, path)));
}

function byCronJob(cronJob: KindTypes['CronJob'], object: KubeObject, write: Write, view: ClusterView): Keeper | null {
  if (cronJob.spec?.suspend === true) return null;
  const text = textNaming(cronJob, object, view);
  if (text === null) return null;
  const runs = view.list('Job', cronJob.metadata.namespace).filter((job) => isOf(job, cronJob));
  const run = runs.find((job) => wasOn(job, write.at));
  if (run === undefined && !isItsName(write.by, cronJob, text.text)) return null;
  return { ref: refOf(cronJob), write, run: run === undefined ? null : refOf(run), path: text.path, schedule: cronJob.spec?.schedule ?? null };
}

function isOf(job: KindTypes['Job'], cronJob: KindTypes['CronJob']): boolean {
  const owner = controllerOf(job);
  return owner !== null && refKey(owner) === refKey(refOf(cronJob));
}

/** Times of the API are whole seconds, and nodes' clocks differ a little. Milliseconds. */
const slack = 1_500;
/** In a longer run almost any write falls. Milliseconds. */
const longestRun = 300_000;

function wasOn({ status }: KindTypes['Job'], at: number): boolean {
  const start = timeOf(status?.startTime);
  const end = timeOf(status?.completionTime) ?? (start === null ? null : start + longestRun);
  return start !== null && end !== null && end - start <= longestRun && at >= start - slack && at <= end + slack;
}

function ranAt(pod: KindTypes['Pod'], at: number): boolean {
  const start = timeOf(pod.status?.startTime);
  return start !== null && start <= at && pod.metadata.deletionTimestamp === undefined;
}

interface Naming {
  path: string;
  /** All texts of the template, in small letters. */
  text: string;
}

/** Where the programs of a workload name an object; null where they do not. */
function textNaming(workload: KubeObject, object: KubeObject, view: ClusterView): Naming | null {
  const template = podTemplateOf(workload);
  if (template === null) return null;
  const texts = [...containersOf(template)].flatMap(({ container, path }) => textsOf(container, path));
  const mounted = (template.spec.volumes ?? []).flatMap(({ configMap }) => {
    const held = configMap?.name === undefined ? undefined : view.get('ConfigMap', workload.metadata.namespace ?? null, configMap.name);
    // What it only mounts because it is its own configuration names nothing.
    return held === undefined || refKey(refOf(held)) === refKey(refOf(object))
      ? []
      : Object.entries(held.data ?? {}).map(([key, text]) => ({ path: `ConfigMap ${held.metadata.name}, ${key}`, text }));
  });
  const all = [...texts, ...mounted];
  const naming = all.find(({ text }) => text.split(/[^\w.-]+/).includes(object.metadata.name));
  return naming === undefined ? null : { path: naming.path, text: all.map(({ text }) => text.toLowerCase()).join('\n') };
}

function textsOf({ command = [], args = [], env = [] }: Container, path: string) {
  const variables = env.flatMap(({ value }, index) => (value === undefined ? [] : [{ path: `${path}.env[${index}].value`, text: value }]));
  return [{ path: `${path}.command`, text: command.join(' ') }, { path: `${path}.args`, text: args.join(' ') }, ...variables];
}

const everybodys = new Set(['http', 'client', 'golang', 'manager', 'controller', 'unknown', 'before', 'first', 'apply', 'patch', 'edit', 'side']);

/** Whether a field manager is this program: its name, or the tool that its text uses (`kubectl-patch`, `Python-urllib`, `curl`). */
function isItsName(manager: string, workload: KubeObject, text: string): boolean {
  if (manager === workload.metadata.name) return true;
  const words = manager
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length >= 4 && !everybodys.has(word));
  return (
    words.length > 0 &&
    words.every((word) => text.includes(word) || word === 'python' || word === 'client' || /^(?:set|create|label|annotate|replace|scale|rollout)$/.test(word))
  );
}
