import { type ClientFrame, type RouteDescriptor, routes } from '@quarterdeck/contract';
import { openEvents } from '../events/events-of.ts';
import { seenAction } from '../policy/seen-actions.ts';
import type { SeenCluster } from '../policy/seen-cluster.ts';
import type { Asker, SeenClusters } from '../policy/seen-clusters.ts';
import { seenForwards } from '../policy/seen-forwards.ts';
import { admit } from '../routes/admit.ts';
import { boardOf, type Services } from '../routes/services.ts';
import { subscribeActions } from './actions-subscription.ts';
import { subscribeAlerts } from './alerts-subscription.ts';
import { subscribeClusters } from './clusters-subscription.ts';
import { subscribeCosts } from './costs-subscription.ts';
import { subscribeEvents } from './events-subscription.ts';
import { subscribeForwards } from './forwards-subscription.ts';
import type { FrameSink, LiveSubscription } from './frame-sink.ts';
import { subscribeIssue } from './issue-subscription.ts';
import { subscribeIssues } from './issues-subscription.ts';
import { subscribeLogs } from './logs-subscription.ts';
import { subscribeObject } from './object-subscription.ts';
import { subscribeResources } from './resources-subscription.ts';

export type SubscribeFrame = Exclude<ClientFrame, { type: 'moveWindow' | 'unsubscribe' }>;
type FrameOf<Type extends SubscribeFrame['type']> = Extract<SubscribeFrame, { type: Type }>;

interface OpenContext extends Asker {
  services: Services;
  /** The clusters as this person sees them. */
  clusters: SeenClusters;
  sink: FrameSink;
  /** Aborted when the client no longer wants it. */
  signal: AbortSignal;
}

/** A kind of subscription: the route whose long call it is (its permission is asked for) and what opens it. */
interface SubscriptionKind<Frame> {
  route: Pick<RouteDescriptor, 'permission' | 'effect'>;
  open(frame: Frame, context: OpenContext): LiveSubscription | Promise<LiveSubscription>;
}

const kinds: { [Type in SubscribeFrame['type']]: SubscriptionKind<FrameOf<Type>> } = {
  subscribeClusters: { route: routes.listClusters, open: (_frame, { clusters, sink }) => subscribeClusters(clusters, sink) },
  subscribeCosts: { route: routes.getClusterCosts, open: (_frame, { clusters, sink }) => subscribeCosts(clusters, sink) },
  subscribeIssues: {
    route: routes.listIssues,
    async open({ cluster, namespace, state }, { clusters, services, sink }) {
      const seen = clusters.get(cluster);
      const hold = await seen.holdIssues();
      const board = boardOf(services, seen, hold.feed);
      return subscribeIssues({ namespace, state, hold, board, onDismissal: services.dismissals.onChange }, sink);
    },
  },
  subscribeIssue: {
    route: routes.getIssue,
    async open({ cluster, issue }, { clusters, services, sink }) {
      const seen = clusters.get(cluster);
      const hold = await seen.holdIssues();
      const board = boardOf(services, seen, hold.feed);
      const onRecord = [services.dismissals.onChange, services.history.onChange];
      return subscribeIssue({ issue, hold, board, onRecord }, sink);
    },
  },
  subscribeForwards: {
    route: routes.listForwards,
    open: ({ cluster }, { clusters, services, sink }) => subscribeForwards(() => seenForwards(clusters, services.forwards.list(cluster)), sink),
  },
  subscribeActions: {
    route: routes.listActions,
    open: (_frame, { actor, clusters, services, sink }) => subscribeActions(services.actions.desk, (action) => seenAction(clusters, { actor }, action), sink),
  },
  subscribeAlerts: { route: routes.listAlerts, open: (_frame, { clusters, services, sink }) => subscribeAlerts(services.alerts, clusters, sink) },
  subscribeEvents: {
    route: routes.listEvents,
    async open({ cluster, namespace, ...filter }, { clusters, sink, signal }) {
      const list = await openEvents(clusters.get(cluster), namespace, signal);
      return openOrRelease(list, () => subscribeEvents({ list, filter: { ...filter, namespace } }, sink));
    },
  },
  subscribeLogs: {
    route: routes.getLogs,
    async open({ cluster, ...request }, { clusters, sink, signal }) {
      const access = await clusters.get(cluster).access();
      return subscribeLogs(access, request, { sink, signal });
    },
  },
  subscribeObject: {
    route: routes.getResource,
    async open({ cluster, kind: asked, namespace, name }, { clusters, sink, signal }) {
      const runtime = clusters.get(cluster);
      const [access, kind] = await Promise.all([runtime.access(), runtime.kind(asked, signal)]);
      return subscribeObject(access, { kind, namespace: namespace ?? null, name }, sink);
    },
  },
  subscribeResources: {
    route: routes.listResources,
    async open({ cluster, kind: asked, namespaces, window }, { clusters, sink, signal }) {
      const runtime = clusters.get(cluster);
      const kind = await runtime.kind(asked, signal);
      const list = await runtime.openRows(kind, namespaces);
      return openOrRelease(list, () => subscribeResources({ list, window }, sink));
    },
  },
};

/** Opens what the frame asks for, behind the gate. Whoever asked closes it. */
export function openSubscription(frame: SubscribeFrame, context: Omit<OpenContext, 'clusters'>): LiveSubscription | Promise<LiveSubscription> {
  return openKind(frame.type, frame, { ...context, clusters: context.services.clusters.seenBy(context) });
}

/** The cluster that a frame is about, named or current; null where it is about none. */
export function clusterOf(frame: SubscribeFrame, clusters: SeenClusters): SeenCluster | null {
  switch (frame.type) {
    case 'subscribeClusters':
    case 'subscribeCosts':
    case 'subscribeAlerts':
    case 'subscribeActions':
      return null;
    default:
      return clusters.find(frame.cluster);
  }
}

function openKind<Type extends SubscribeFrame['type']>(type: Type, frame: FrameOf<Type>, context: OpenContext) {
  const kind: SubscriptionKind<FrameOf<Type>> = kinds[type];
  admit(context.actor, kind.route, clusterOf(frame, context.clusters));
  return kind.open(frame, context);
}

function openOrRelease<T>(list: { release(): void }, open: () => T): T {
  try {
    return open();
  } catch (thrown) {
    list.release();
    throw thrown;
  }
}
