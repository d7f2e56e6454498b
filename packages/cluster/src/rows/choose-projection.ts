import { descriptorFor, groupOf, kindDescriptors, type ResourceKind, toAppError } from '@quarterdeck/contract';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { PrintedProjection } from './printed-projection.ts';
import { printerDescriptor } from './printer-columns.ts';
import { DescriptorProjection, type Projection } from './projection.ts';

const definitions: ResourceKind = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
  shortNames: [],
  group: 'cluster',
  verbs: ['get'],
};

/**
 * How rows of a kind are made: by our own descriptor, by the columns that a custom resource's definition names, or as
 * the server prints them where there is neither (an aggregated API, no right to read definitions).
 */
export async function chooseProjection(access: Pick<ClusterAccess, 'get' | 'recordedAt'>, kind: ResourceKind, signal: AbortSignal): Promise<Projection> {
  const descriptor = descriptorFor(kind.apiVersion, kind.kind);
  const group = groupOf(kind.apiVersion);
  if (kindDescriptors.includes(descriptor) || access.recordedAt !== null) return new DescriptorProjection(descriptor);
  const custom = group.includes('.') ? await customDescriptor(access, kind, `${kind.plural}.${group}`, signal) : null;
  return custom === null ? new PrintedProjection(descriptor, kind.namespaced) : new DescriptorProjection(custom);
}

async function customDescriptor(access: Pick<ClusterAccess, 'get'>, kind: ResourceKind, name: string, signal: AbortSignal) {
  try {
    const definition = await access.get(definitions, null, name, signal);
    return printerDescriptor(kind, definition) ?? descriptorFor(kind.apiVersion, kind.kind);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND' || error.code === 'CLUSTER_ERROR') return null;
    throw error;
  }
}
