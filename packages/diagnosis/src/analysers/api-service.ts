import { refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { evidence, fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type ApiServiceFacts = { api: string; service: string; serviceNamespace: string; reason: string; message: string };

export const apiServiceUnavailable = defineCode<ApiServiceFacts>({
  code: 'api-service-unavailable',
  title: 'Aggregated API does not answer',
  documentation:
    'A part of the Kubernetes API is served by a program in the cluster (metrics, custom metrics, a vendor’s API), and the API server cannot reach it. Autoscalers get no metrics, namespaces cannot be deleted, and kubectl complains about every group it cannot list.',
  silentWhen: 'The API server serves the group itself, or the API has been away for less than half a minute, as during a rollout of its program.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ api, reason, message }) => `API ${api} does not answer (${reason}): ${message}`,
});

export const apiServiceAnalyser = defineAnalyser({
  id: 'api-service',
  kind: 'APIService',
  reads: ['Service', 'Pod', 'HorizontalPodAutoscaler', 'Namespace'],
  codes: [apiServiceUnavailable],
  *analyse(api, view) {
    const available = api.status?.conditions?.find(({ type }) => type === 'Available');
    const service = api.spec?.service;
    if (service === undefined || available === undefined || available.status === 'True' || api.metadata.deletionTimestamp !== undefined) return;
    const group = `${api.spec?.group}/${api.spec?.version}`;
    if (view.scope !== null && !view.scope.includes(service.namespace ?? '') && !isMissed(group, view)) return;
    const object = refOf(api);
    const facts: ApiServiceFacts = {
      api: group,
      service: service.name ?? '',
      serviceNamespace: service.namespace ?? '',
      reason: available.reason ?? 'Unknown',
      message: available.message ?? 'no message',
    };
    const status = {
      source: 'status' as const,
      object,
      path: 'status.conditions[type=Available]',
      value: facts.reason,
      at: available.lastTransitionTime ?? null,
    };
    yield {
      code: apiServiceUnavailable.code,
      object,
      discriminator: '',
      severity: 'high' as const,
      since: timeOf(available.lastTransitionTime),
      facts,
      evidence: [
        evidence({ ...status, text: `Available is ${available.status} (${facts.reason}): ${facts.message}`, decisive: true }),
        fieldEvidence(object, 'spec.service', `${facts.serviceNamespace}/${facts.service}`),
      ],
    };
  },
});

/** A run that is limited to some namespaces is told of an API only where something there serves it or waits for it. */
function isMissed(group: string, view: ClusterView): boolean {
  const [name = ''] = group.split('/');
  const scaling = (view.scope ?? []).flatMap((namespace) => view.list('HorizontalPodAutoscaler', namespace));
  const asked = scaling.some(({ status }) => (status?.conditions ?? []).some(({ status: state, message }) => state === 'False' && message?.includes(name)));
  const ending = (view.scope ?? []).some((namespace) => view.get('Namespace', null, namespace)?.metadata.deletionTimestamp !== undefined);
  return asked || ending;
}
