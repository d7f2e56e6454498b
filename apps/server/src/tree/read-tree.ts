import { findBuiltInKind } from '@quarterdeck/cluster';
import { AppError, type BuiltInKind, type KubeObject, type ResourceKind, type TreeNode } from '@quarterdeck/contract';
import { untilRead } from '../clusters/live-list.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import { buildTree, treeKinds } from './build-tree.ts';

/** The tree of a cluster or of one namespace. Kinds that may not be read are left out of it; only Pods are needed. */
export async function readTree(runtime: SeenCluster, namespace: string | null, signal: AbortSignal): Promise<TreeNode[]> {
  const served = await runtime.kinds(signal);
  const read = await Promise.all(treeKinds.map((kind) => readKind(runtime, findBuiltInKind(served, kind), kind, namespace, signal)));
  const tree = buildTree(read.flat(), runtime.now());
  return namespace === null ? tree : tree.filter((node) => node.label === namespace);
}

async function readKind(
  runtime: SeenCluster,
  kind: ResourceKind | null,
  name: BuiltInKind,
  namespace: string | null,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  if (kind === null) return [];
  const list = await runtime.openList(kind, namespace === null ? [] : [namespace]);
  try {
    await untilRead(list, signal);
    return list.items();
  } catch (thrown) {
    if (name !== 'Pod' && thrown instanceof AppError && thrown.code === 'FORBIDDEN') return [];
    throw thrown;
  } finally {
    list.release();
  }
}
