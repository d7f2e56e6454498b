import { isKind, type KindTypes, type KubeObject } from '@quarterdeck/contract';

export interface FakeKind {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  shortNames: string[];
}

export const fakeKinds: readonly FakeKind[] = [
  { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, shortNames: ['po'] },
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false, shortNames: ['ns'] },
  { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true, shortNames: [] },
  { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true, shortNames: ['cm'] },
  { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments', namespaced: true, shortNames: ['deploy'] },
];

/** Aggregated discovery of the core group or of the named groups. */
export function discoveryOf(core: boolean): unknown {
  const kinds = fakeKinds.filter((kind) => !kind.apiVersion.includes('/') === core);
  const resources = kinds.map(({ kind, plural, namespaced, shortNames }) => ({
    resource: plural,
    responseKind: { group: '', version: '', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    verbs: ['get', 'list', 'watch'],
    shortNames,
  }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    items: [{ metadata: core ? {} : { name: 'apps' }, versions: [{ version: 'v1', resources }] }],
  };
}

/** Secrets as the server prints them: metadata and type, no values. */
export function tableOf(objects: readonly KubeObject[], metadata: unknown, columns: boolean): unknown {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns ? [{ name: 'Name' }, { name: 'Type' }, { name: 'Data' }] : null,
    rows: objects.map((object) => ({
      cells: [object.metadata.name, isKind(object, 'Secret') ? object.type : '', 1],
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  };
}

export function configMap(namespace: string, name: string, data: Record<string, string> = {}): KindTypes['ConfigMap'] {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

/** `values` in plain text; the object has them as base64, as the API does. */
export function secret(namespace: string, name: string, values: Record<string, string>, type = 'Opaque'): KindTypes['Secret'] {
  const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, data };
}
