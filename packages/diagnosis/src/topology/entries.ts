import { type KindTypes, type KubeObject, type ObjectRef, refOf } from '@quarterdeck/contract';
import { gatewayGroup, routeKinds } from '../routing/gateway-api.ts';
import { routesOf } from '../routing/ingress-routes.ts';
import { serviceOf } from '../routing/service-state.ts';
import { brokenCall, drawServiceNode } from './service-health.ts';
import type { TopologyDraft } from './topology-draft.ts';

/** Ingresses, Gateways and their routes, with the Services that they lead to. */
export function drawEntries(draft: TopologyDraft, inScope: (object: KubeObject) => boolean): void {
  const { view } = draft;
  for (const ingress of view.list('Ingress').filter(inScope)) drawIngress(draft, ingress);
  for (const gateway of view.listCustom(gatewayGroup, 'Gateway').filter(inScope)) draft.node(refOf(gateway), 'entry');
  for (const kind of routeKinds) {
    for (const route of view.listCustom(gatewayGroup, kind).filter(inScope)) drawRoute(draft, refOf(route));
  }
}

function drawIngress(draft: TopologyDraft, ingress: KindTypes['Ingress']): void {
  const from = refOf(ingress);
  const hosts = [...new Set((ingress.spec?.rules ?? []).flatMap(({ host }) => (host ? [host] : [])))];
  draft.node(from, 'entry', { note: hosts.length === 0 ? null : hosts.join(', ') });
  // One host stands on the node already.
  const named = (host: string, path: string) => (hosts.length === 1 ? path : `${host}${path}`);
  const paths = new Map(routesOf(ingress).map(({ field, host, path }) => [`${field}.backend.service.name`, named(host, path)]));
  for (const { to, detail, path } of draft.view.outgoing(from, 'routes')) lead(draft, from, to, paths.get(path) ?? '', detail.port);
}

function drawRoute(draft: TopologyDraft, route: ObjectRef): void {
  const { view } = draft;
  draft.node(route, 'entry');
  for (const { to } of view.outgoing(route, 'binds')) {
    draft.node(to, 'entry');
    draft.edge({ from: to, to: route, type: 'routes' });
  }
  for (const { to, detail } of view.outgoing(route, 'routes')) lead(draft, route, to, '', detail.port);
}

function lead(draft: TopologyDraft, from: ObjectRef, to: ObjectRef, label: string, port: number | string | undefined): void {
  drawServiceNode(draft, to);
  const broken = missing(draft, to) ?? brokenCall(serviceOf(to, draft.view), port, draft.view);
  draft.edge({ from, to, type: 'routes', label: [label, port === undefined ? '' : `:${port}`].filter((part) => part !== '').join(' '), ...broken });
}

/** Why nothing can be led to it: it is not there. */
export function missing({ view }: TopologyDraft, to: ObjectRef): { state: 'broken'; reason: string } | null {
  return view.isMissing(to) ? { state: 'broken', reason: `${to.kind} ${to.name} does not exist` } : null;
}
