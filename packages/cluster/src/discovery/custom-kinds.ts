import { builtInKinds, groupOf, type KindTypes, type ResourceKind } from '@quarterdeck/contract';
import { isBuiltInKind } from './resource-kinds.ts';

type Definition = KindTypes['CustomResourceDefinition'];

/** The kinds that definitions add, each in the version it is stored in where that is served. Those with a status come first, as they have something to say. */
export function definedKinds(definitions: readonly Definition[]): ResourceKind[] {
  const kinds = definitions.filter(isServed).flatMap((definition) => definedKind(definition));
  return kinds.sort((a, b) => Number(b.hasStatus) - Number(a.hasStatus) || (a.name < b.name ? -1 : 1)).map(({ kind }) => kind);
}

/** For who may not read definitions: what discovery shows of groups that Kubernetes does not have. */
export function customKindsServed(served: readonly ResourceKind[]): ResourceKind[] {
  return served.filter((kind) => (kind.group === 'custom' || definedGroups.has(groupOf(kind.apiVersion))) && !isTyped(kind) && kind.verbs.includes('watch'));
}

/** Groups under k8s.io that are installed as definitions. */
const definedGroups: ReadonlySet<string> = new Set(['gateway.networking.k8s.io', 'snapshot.storage.k8s.io']);

/**
 * Reports and bookkeeping, by `Kind.group`: as many as there are pods or images, some written anew all the time, and
 * nothing that anybody would mend.
 */
const bookkeeping: ReadonlySet<string> = new Set([
  ...['CiliumEndpoint', 'CiliumEndpointSlice', 'CiliumIdentity', 'CiliumNode'].map((kind) => `${kind}.cilium.io`),
  ...['IPAMBlock', 'IPAMHandle', 'IPAMConfig', 'BlockAffinity', 'WorkloadEndpoint'].map((kind) => `${kind}.crd.projectcalico.org`),
  ...['EphemeralReport', 'ClusterEphemeralReport'].map((kind) => `${kind}.reports.kyverno.io`),
  ...['AdmissionReport', 'ClusterAdmissionReport', 'BackgroundScanReport', 'ClusterBackgroundScanReport', 'UpdateRequest'].map((kind) => `${kind}.kyverno.io`),
  ...['PackageRevision', 'PackageRevisionResources'].map((kind) => `${kind}.porch.kpt.dev`),
]);
const bookkeepingGroup = /(^|\.)(aquasecurity\.github\.io|spdx\.softwarecomposition\.kubescape\.io)$/;

/** Whether objects of a custom kind are worth reading for a diagnosis. */
export function isWorthReading({ apiVersion, kind }: Pick<ResourceKind, 'apiVersion' | 'kind'>): boolean {
  const group = groupOf(apiVersion);
  return !bookkeepingGroup.test(group) && !bookkeeping.has(`${kind}.${group}`);
}

function isServed({ status }: Definition): boolean {
  const conditions = status?.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}

function definedKind({ metadata, spec }: Definition): { name: string; hasStatus: boolean; kind: ResourceKind }[] {
  const version = spec.versions.find(({ served, storage }) => served && storage) ?? spec.versions.find(({ served }) => served);
  if (version === undefined) return [];
  const { kind, plural, shortNames = [] } = spec.names;
  const defined: ResourceKind = {
    apiVersion: `${spec.group}/${version.name}`,
    kind,
    plural,
    namespaced: spec.scope === 'Namespaced',
    shortNames,
    group: 'custom',
    verbs: ['get', 'list', 'watch'],
  };
  return isTyped(defined) ? [] : [{ name: metadata.name, hasStatus: version.subresources?.status !== undefined, kind: defined }];
}

function isTyped({ apiVersion, kind }: ResourceKind): boolean {
  return isBuiltInKind(kind) && groupOf(builtInKinds[kind].apiVersion) === groupOf(apiVersion);
}
