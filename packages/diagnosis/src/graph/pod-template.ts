import { type BuiltInKind, isKind, type KindTypes, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import { controllerOf } from '../view/ownership.ts';

/** A pod's specification and where it stands: in a pod, or in the template of a controller that a person wrote. */
export interface PodTemplate {
  holder: ObjectRef;
  spec: PodSpec;
  metadata: ObjectMeta;
  /** Path of the pod specification inside the holder: `spec` or `spec.template.spec`. */
  path: string;
}

export interface PlacedContainer {
  container: Container;
  /** Path of the container inside the holder: `spec.containers[0]`. */
  path: string;
}

/** The kinds that hold a pod specification. */
export const podTemplateKinds = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'] as const satisfies readonly BuiltInKind[];

/** The specification of a pod, or of a controller that no other controller made (it may have no pods yet). */
export function podTemplateOf(object: KubeObject): PodTemplate | null {
  if (isKind(object, 'Pod')) return object.spec === undefined ? null : { holder: refOf(object), spec: object.spec, metadata: object.metadata, path: 'spec' };
  if (isKind(object, 'CronJob')) return templateOf(object, object.spec?.jobTemplate.spec?.template, 'spec.jobTemplate.spec.template.spec');
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'] as const) {
    if (isKind(object, kind) && controllerOf(object) === null) return templateOf(object, object.spec?.template, 'spec.template.spec');
  }
  return null;
}

type Template = NonNullable<KindTypes['Deployment']['spec']>['template'];

function templateOf(holder: KubeObject, template: Partial<Template> | undefined, path: string): PodTemplate | null {
  return template?.spec === undefined ? null : { holder: refOf(holder), spec: template.spec, metadata: template.metadata ?? {}, path };
}

/** Init containers first, as they run. */
export function* containersOf(template: Pick<PodTemplate, 'spec' | 'path'>): Iterable<PlacedContainer> {
  for (const [i, container] of (template.spec.initContainers ?? []).entries()) yield { container, path: `${template.path}.initContainers[${i}]` };
  for (const [i, container] of (template.spec.containers ?? []).entries()) yield { container, path: `${template.path}.containers[${i}]` };
}
