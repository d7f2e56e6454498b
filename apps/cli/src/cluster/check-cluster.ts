import {
  ApiCostMeter,
  type ClusterAccess,
  type ClusterContext,
  mayListEverywhere,
  openCluster,
  reachableNamespaces,
  readTypedNamespaces,
  stateDirectoryOf,
} from '@quarterdeck/cluster';
import { type ApiCost, type Cluster, type Namespaces, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';

/** How a cluster answers now. */
export interface ClusterCheck {
  id: string;
  server: string;
  state: Extract<Cluster['state'], 'live' | 'partial' | 'authNeeded' | 'offline'>;
  reason: string | null;
  remedy: string | null;
  version: string | null;
  /** As the cluster knows us; null where it does not say. */
  user: string | null;
  groups: string[];
  /** Whether pods may be listed in all namespaces. */
  everywhere: boolean | null;
  namespaces: Namespaces | null;
  /** What the check itself asked. */
  cost: ApiCost['total'];
}

const pods = { apiVersion: 'v1', plural: 'pods' };
const reviewSchema = z.object({ status: z.object({ userInfo: z.object({ username: z.string(), groups: z.array(z.string()).default([]) }) }) });

/** Connects, asks who we are and what we may see, and closes again. Never throws but CANCELLED. */
export async function checkCluster(context: ClusterContext, signal: AbortSignal): Promise<ClusterCheck> {
  const meter = new ApiCostMeter();
  const unknown = { id: context.id, server: context.server, version: null, user: null, groups: [], everywhere: null, namespaces: null };
  try {
    const access = await openCluster(context, { meter });
    try {
      return { ...unknown, ...(await look(access, context.namespace, signal)), cost: meter.report().total };
    } finally {
      await access.close();
    }
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toAppError(thrown);
    const state = error.code === 'CLUSTER_AUTH_FAILED' || error.code === 'FORBIDDEN' ? 'authNeeded' : 'offline';
    return { ...unknown, state, reason: error.message, remedy: error.hint ?? null, cost: meter.report().total };
  }
}

async function look(access: ClusterAccess, namespace: string, signal: AbortSignal): Promise<Omit<ClusterCheck, 'id' | 'server' | 'cost'>> {
  const typed = await readTypedNamespaces(stateDirectoryOf(process.env), access.id);
  const version = await access.version(signal).catch(nullIfForbidden);
  const [who, namespaces] = await Promise.all([whoAmI(access, signal), reachableNamespaces(access, { context: namespace, typed }, signal)]);
  const everywhere = access.api === null || (await mayListEverywhere(access.api, pods, signal));
  const about = { version: version?.gitVersion ?? null, ...who, everywhere, namespaces };
  if (everywhere) return { state: 'live', reason: null, remedy: null, ...about };
  const usable = namespaces.namespaces.filter((entry) => entry.usable).map(({ name }) => name);
  const reason = `Pods may not be listed in all namespaces${usable.length === 0 ? '' : `, only in ${usable.join(', ')}`}.`;
  return { state: 'partial', reason, remedy: 'Ask for a role that may list and watch, for example view.', ...about };
}

function nullIfForbidden(thrown: unknown): null {
  if (toAppError(thrown).code === 'FORBIDDEN') return null;
  throw thrown;
}

/** Clusters before 1.28 do not say. */
async function whoAmI({ api }: ClusterAccess, signal: AbortSignal): Promise<{ user: string | null; groups: string[] }> {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  const answer = await api
    ?.json({
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      method: 'POST',
      body: { contentType: 'application/json', text: JSON.stringify(review) },
      subject: { verb: 'create', resource: 'selfsubjectreviews', namespace: null },
      signal,
    })
    .catch(() => null);
  const parsed = reviewSchema.safeParse(answer);
  if (!parsed.success) return { user: null, groups: [] };
  const { username, groups } = parsed.data.status.userInfo;
  return { user: username, groups };
}
