import { type BuiltInKind, groupOf, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import type { CustomResource } from '../model/analyser.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { listAt, textAt } from './fields.ts';

const mostObjects = 300;

/** What a delivery tool put into the cluster, as its own status lists it: objects that it does not own. */
export function inventoryOf(object: CustomResource, view: Pick<ClusterView, 'list'>): ObjectRef[] {
  switch (`${object.kind}.${groupOf(object.apiVersion)}`) {
    case 'Application.argoproj.io':
      return argoResources(object);
    case 'Kustomization.kustomize.toolkit.fluxcd.io':
      return fluxInventory(object);
    case 'HelmRelease.helm.toolkit.fluxcd.io':
      return helmObjects(object, view);
    default:
      return [];
  }
}

function argoResources(object: CustomResource): ObjectRef[] {
  return listAt(object.status, 'resources')
    .slice(0, mostObjects)
    .flatMap((resource) => {
      const [kind, name, version] = [textAt(resource, 'kind'), textAt(resource, 'name'), textAt(resource, 'version') ?? 'v1'];
      if (kind === null || name === null) return [];
      const group = textAt(resource, 'group') ?? '';
      return [{ apiVersion: group === '' ? version : `${group}/${version}`, kind, namespace: textAt(resource, 'namespace'), name }];
    });
}

/** An entry is `namespace_name_group_kind` with its version beside it: https://fluxcd.io/flux/components/kustomize/kustomizations/#inventory */
function fluxInventory(object: CustomResource): ObjectRef[] {
  return listAt(object.status, 'inventory', 'entries')
    .slice(0, mostObjects)
    .flatMap((entry) => {
      const [namespace = '', name = '', group = '', kind = ''] = (textAt(entry, 'id') ?? '').split('_');
      const version = textAt(entry, 'v') ?? 'v1';
      return kind === '' ? [] : [{ apiVersion: group === '' ? version : `${group}/${version}`, kind, namespace: namespace === '' ? null : namespace, name }];
    });
}

const workloads: readonly BuiltInKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'];

function helmObjects(object: CustomResource, view: Pick<ClusterView, 'list'>): ObjectRef[] {
  const namespace = textAt(object.spec, 'targetNamespace') ?? object.metadata.namespace;
  const all = workloads.flatMap((kind): readonly KubeObject[] => view.list(kind, namespace));
  return all.filter(({ metadata }) => metadata.labels?.['helm.toolkit.fluxcd.io/name'] === object.metadata.name).map(refOf);
}
