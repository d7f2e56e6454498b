import { refLabel, refOf } from '@quarterdeck/contract';
import { resolveHost } from '../graph/hosts/resolve-host.ts';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { nearMiss } from '../pods/near-name.ts';
import { callersOf } from '../routing/service-backends.ts';
import { liveCallers } from '../routing/service-state.ts';

export type DanglingAliasFacts = { externalName: string; meant: string | null; callers: number };

export const serviceAliasDangling = defineCode<DanglingAliasFacts>({
  code: 'service-alias-dangling',
  title: 'Alias of a Service that does not exist',
  documentation:
    'The Service is of type ExternalName and stands for the name of another Service of the cluster, which does not exist: whoever calls it finds no address.',
  silentWhen: 'Nobody calls the Service, or it stands for a name outside of the cluster.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ externalName }) => `It stands for ${externalName}, and no such Service exists.`,
});

export const serviceAliasAnalyser = defineAnalyser({
  id: 'service-alias',
  kind: 'Service',
  reads: ['Service', 'Ingress', 'Pod'],
  codes: [serviceAliasDangling],
  *analyse(service, view) {
    const externalName = service.spec?.externalName ?? '';
    if (service.spec?.type !== 'ExternalName' || !/\.svc(\.|$)/.test(externalName)) return;
    const object = refOf(service);
    const target = resolveHost(externalName, null, object.namespace ?? '', view)?.object;
    if (target?.kind !== 'Service' || !view.isMissing(target)) return;
    const callers = callersOf(view, object);
    const called = liveCallers(object, view).length > 0 || callers.some(({ kind }) => kind === 'Ingress' || kind.endsWith('Route'));
    if (!called) return;
    const names = view.list('Service', target.namespace ?? undefined).map(({ metadata }) => metadata.name);
    yield {
      code: serviceAliasDangling.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: null,
      concerns: callers,
      facts: { externalName, meant: nearMiss(target.name, names), callers: callers.length },
      evidence: [fieldEvidence(object, 'spec.externalName', externalName, { decisive: true }), absenceEvidence(target, `${refLabel(target)} does not exist`)],
    };
  },
});
