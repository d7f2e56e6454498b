import { refOf } from '@quarterdeck/contract';
import { selectorMatches } from '../graph/label-selector.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { callersOf } from '../routing/service-backends.ts';

/** `meant` is the Service that selects the pods or is written almost so. */
export type GoverningServiceFacts = { service: string; meant: string | null; callers: number };

export const governingServiceMissing = defineCode<GoverningServiceFacts>({
  code: 'governing-service-missing',
  title: 'StatefulSet names a Service that does not exist',
  documentation:
    'The spec.serviceName of the StatefulSet names the headless Service that gives its pods their stable names (pod-0.service). It does not exist, so none of these names resolves. It is mild while nothing uses them.',
  silentWhen: 'serviceName is empty, or Services may not be listed.',
  opensAfterSeconds: 30,
  closesAfterSeconds: 10,
  message: ({ service }) => `spec.serviceName ${service} does not exist: the names of the pods do not resolve.`,
});

export const governingServiceAnalyser = defineAnalyser({
  id: 'governing-service',
  kind: 'StatefulSet',
  reads: ['Service'],
  codes: [governingServiceMissing],
  *analyse(set, view) {
    const object = refOf(set);
    const [route] = view.outgoing(object, 'routes');
    if (route === undefined || set.metadata.deletionTimestamp !== undefined || set.spec?.replicas === 0 || !view.isMissing(route.to)) return;
    const services = view.list('Service', object.namespace ?? '');
    const near = nearMiss(
      route.to.name,
      services.map(({ metadata }) => metadata.name),
    );
    const selecting = services.find(
      ({ spec }) =>
        spec?.clusterIP === 'None' && spec.selector !== undefined && selectorMatches({ matchLabels: spec.selector }, set.spec?.template.metadata?.labels),
    );
    const meant = near ?? selecting?.metadata.name ?? null;
    const callers = callersOf(view, route.to).length;
    yield {
      code: governingServiceMissing.code,
      object,
      discriminator: '',
      severity: meant !== null || callers > 0 ? 'medium' : 'low',
      since: null,
      facts: { service: route.to.name, meant, callers },
      evidence: [
        fieldEvidence(object, route.path, route.to.name, { decisive: true }),
        absenceEvidence(route.to, `Service ${route.to.name} does not exist in ${object.namespace}${meant === null ? '' : `; ${meant} does`}`),
      ],
    };
  },
});
