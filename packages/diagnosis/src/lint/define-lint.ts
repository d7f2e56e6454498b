import type { AdvicePlace, AdviceSeverity, AdviceThresholds } from '@quarterdeck/contract';
import { type BuiltInKind, type KindTypes, type KubeObject, refLabel, refOf } from '@quarterdeck/contract';
import type { Container } from 'kubernetes-types/core/v1.js';
import { type PodTemplate, podTemplateKinds, podTemplateOf } from '../graph/pod-template.ts';
import { messageOf, type Skipped } from '../run/skipped.ts';
import type { ClusterView } from '../view/cluster-view.ts';

/** What a check sees in an object; the place is the object itself unless it says another. */
export interface Remark {
  message: string;
  path?: string;
  container?: string;
}

export interface LintSettings {
  thresholds: AdviceThresholds;
  /** Minor version of the API server (35 of v1.35.2); null where it is not known. */
  serverMinor: number | null;
}

/** What is known of a check beforehand. */
export interface LintFacts {
  code: string;
  title: string;
  /** One paragraph for the documentation page: why it matters, and what to do. */
  documentation: string;
  severity: AdviceSeverity;
  /** For the documentation page, one sentence: what looks like it and is left alone. */
  silentWhen: string;
  /** `policy`: a rule that a company may have, off unless asked for. */
  pack?: 'policy';
}

/** A check as the registry holds it. */
export interface LintCheck extends Omit<LintFacts, 'pack'> {
  pack: 'advice' | 'policy';
  kinds: readonly BuiltInKind[];
  /** An object that the check stumbles over is put into `skipped`, and the others are looked at all the same. */
  run(view: ClusterView, settings: LintSettings, skipped: Skipped[]): Iterable<AdvicePlace>;
}

export type Check<T> = (subject: T, view: ClusterView, settings: LintSettings) => Iterable<Remark>;

/** A check of one kind. Pure; what it needs besides the object it takes from the view, and it is silent about what could not be read. */
export function defineLint<K extends BuiltInKind>({ kind, check, ...facts }: LintFacts & { kind: K | readonly K[]; check: Check<KindTypes[K]> }): LintCheck {
  const kinds = isList(kind) ? kind : [kind];
  return lintCheck(facts, kinds, function* (view, settings, skipped) {
    for (const each of kinds) {
      for (const object of view.list(each)) {
        if (object.metadata.deletionTimestamp === undefined) yield* placed(object, () => check(object, view, settings), skipped);
      }
    }
  });
}

function isList<K extends BuiltInKind>(kind: K | readonly K[]): kind is readonly K[] {
  return Array.isArray(kind);
}

/** A check of every pod specification that a person wrote: in workloads, and in pods that no controller made. */
export function defineTemplateLint({ check, ...facts }: LintFacts & { check: Check<PodTemplate> }): LintCheck {
  return lintCheck(facts, podTemplateKinds, function* (view, settings, skipped) {
    const ofTemplate = (object: KubeObject): Iterable<Remark> => {
      const template = podTemplateOf(object);
      return template === null ? [] : check(template, view, settings);
    };
    for (const object of writtenObjects(view)) yield* placed(object, () => ofTemplate(object), skipped);
  });
}

/** A container with the template that it stands in. */
export interface LintedContainer {
  container: Container;
  path: string;
  /** Runs before the others and ends. */
  init: boolean;
  template: PodTemplate;
}

/** A check of every container of such a specification; init containers and sidecars as well. */
export function defineContainerLint({ check, ...facts }: LintFacts & { check: Check<LintedContainer> }): LintCheck {
  return defineTemplateLint({
    ...facts,
    *check(template, view, settings) {
      for (const linted of lintedContainers(template)) {
        for (const remark of check(linted, view, settings)) {
          yield { ...remark, container: linted.container.name, path: remark.path === undefined ? linted.path : `${linted.path}.${remark.path}` };
        }
      }
    },
  });
}

export function lintedContainers(template: PodTemplate): LintedContainer[] {
  const of = (list: 'initContainers' | 'containers') =>
    (template.spec[list] ?? []).map((container, index) => ({
      container,
      path: `${template.path}.${list}[${index}]`,
      init: list === 'initContainers' && container.restartPolicy !== 'Always',
      template,
    }));
  return [...of('initContainers'), ...of('containers')];
}

function lintCheck({ pack, ...facts }: LintFacts, kinds: readonly BuiltInKind[], run: LintCheck['run']): LintCheck {
  return { ...facts, pack: pack ?? 'advice', kinds, run };
}

/** Not of pods that a controller made, of ReplicaSets and Jobs with an owner, and of the kubelet's own static pods. */
function* writtenObjects(view: ClusterView, namespace?: string): Iterable<KubeObject> {
  for (const kind of podTemplateKinds) {
    for (const object of view.list(kind, namespace)) if (isWritten(object)) yield object;
  }
}

export function* writtenTemplates(view: ClusterView, namespace?: string): Iterable<PodTemplate> {
  for (const object of writtenObjects(view, namespace)) {
    const template = podTemplateOf(object);
    if (template !== null) yield template;
  }
}

function isWritten({ metadata }: KubeObject): boolean {
  const isMirror = metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;
  return metadata.deletionTimestamp === undefined && !isMirror && !(metadata.ownerReferences ?? []).some(({ controller }) => controller === true);
}

function placed(object: KubeObject, remarks: () => Iterable<Remark>, skipped: Skipped[]): AdvicePlace[] {
  try {
    return [...remarks()].map(({ message, path, container }) => ({ object: refOf(object), path: path ?? null, container: container ?? null, message }));
  } catch (thrown) {
    skipped.push({ what: refLabel(refOf(object)), reason: `a check crashed on it: ${messageOf(thrown)}` });
    return [];
  }
}
