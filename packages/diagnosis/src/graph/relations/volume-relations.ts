import { refTo } from '@quarterdeck/contract';
import type { KeyToPath, Volume, VolumeProjection } from 'kubernetes-types/core/v1.js';
import type { Relation } from '../../model/relation.ts';
import { type PodTemplate, podTemplateKinds, podTemplateOf } from '../pod-template.ts';
import type { RelationFamily } from '../relation-family.ts';

/** `mounts`: volumes from ConfigMaps, Secrets and claims, also projected ones. Where keys are picked, one edge a key. */
export const volumeRelations: RelationFamily = {
  id: 'volume',
  types: ['mounts'],
  kinds: podTemplateKinds,
  describes: 'from',
  *edgesOf(object): Iterable<Relation> {
    const template = podTemplateOf(object);
    for (const [i, volume] of (template?.spec.volumes ?? []).entries()) {
      if (template !== null) yield* volumeEdges(template, volume, `${template.path}.volumes[${i}]`);
    }
  },
};

function* volumeEdges(template: PodTemplate, volume: Volume, path: string): Iterable<Relation> {
  if (volume.configMap) yield* mount(template, 'ConfigMap', volume.configMap, `${path}.configMap`);
  if (volume.secret) yield* mount(template, 'Secret', { ...volume.secret, name: volume.secret.secretName }, `${path}.secret`, 'secretName');
  const claim = volume.persistentVolumeClaim?.claimName;
  if (claim !== undefined) yield claimEdge(template, claim, `${path}.persistentVolumeClaim.claimName`);
  if (volume.ephemeral && template.holder.kind === 'Pod') yield claimEdge(template, `${template.holder.name}-${volume.name}`, `${path}.ephemeral`);
  if (volume.csi?.nodePublishSecretRef) yield* mount(template, 'Secret', volume.csi.nodePublishSecretRef, `${path}.csi.nodePublishSecretRef`);
  for (const [i, source] of (volume.projected?.sources ?? []).entries()) yield* projectedEdges(template, source, `${path}.projected.sources[${i}]`);
}

function* projectedEdges(template: PodTemplate, source: VolumeProjection, path: string): Iterable<Relation> {
  if (source.configMap) yield* mount(template, 'ConfigMap', source.configMap, `${path}.configMap`);
  if (source.secret) yield* mount(template, 'Secret', source.secret, `${path}.secret`);
}

interface KeyedSource {
  name?: string | undefined;
  optional?: boolean | undefined;
  items?: KeyToPath[] | undefined;
}

function* mount(template: PodTemplate, kind: 'ConfigMap' | 'Secret', source: KeyedSource, path: string, field = 'name'): Iterable<Relation> {
  if (source.name === undefined) return;
  const to = refTo(kind, template.holder.namespace, source.name);
  const optional = source.optional === undefined ? {} : { optional: source.optional };
  if (source.items === undefined || source.items.length === 0) {
    yield { type: 'mounts', from: template.holder, to, path: `${path}.${field}`, detail: optional };
    return;
  }
  for (const [i, item] of source.items.entries()) {
    yield { type: 'mounts', from: template.holder, to, path: `${path}.items[${i}].key`, detail: { ...optional, key: item.key } };
  }
}

function claimEdge(template: PodTemplate, claim: string, path: string): Relation {
  return { type: 'mounts', from: template.holder, to: refTo('PersistentVolumeClaim', template.holder.namespace, claim), path, detail: {} };
}
