import { type KindTypes, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import type { ObjectIndex } from '../view/object-index.ts';
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

/** Pods, and the templates of controllers that no other controller made (which may have no pods yet). */
export function* podTemplates(index: ObjectIndex): Iterable<PodTemplate> {
  for (const pod of index.list('Pod')) {
    if (pod.spec !== undefined) yield { holder: refOf(pod), spec: pod.spec, metadata: pod.metadata, path: 'spec' };
  }
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'] as const) {
    for (const controller of index.list(kind)) {
      if (controllerOf(controller) === null) yield* templateOf(controller, controller.spec?.template, 'spec.template.spec');
    }
  }
  for (const cronJob of index.list('CronJob')) yield* templateOf(cronJob, cronJob.spec?.jobTemplate.spec?.template, 'spec.jobTemplate.spec.template.spec');
}

type Template = NonNullable<KindTypes['Deployment']['spec']>['template'];

function* templateOf(holder: KubeObject, template: Partial<Template> | undefined, path: string): Iterable<PodTemplate> {
  if (template?.spec === undefined) return;
  yield { holder: refOf(holder), spec: template.spec, metadata: template.metadata ?? {}, path };
}

/** Init containers first, as they run. */
export function* containersOf(template: Pick<PodTemplate, 'spec' | 'path'>): Iterable<PlacedContainer> {
  for (const [i, container] of (template.spec.initContainers ?? []).entries()) yield { container, path: `${template.path}.initContainers[${i}]` };
  for (const [i, container] of (template.spec.containers ?? []).entries()) yield { container, path: `${template.path}.containers[${i}]` };
}
