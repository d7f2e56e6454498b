import { refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { absenceEvidence, fieldEvidence } from '../pods/evidence.ts';
import { astrayEndpoints } from '../routing/manual-endpoints.ts';
import { callersOf } from '../routing/service-backends.ts';
import { liveCallers } from '../routing/service-state.ts';

export type AstrayEndpointsFacts = { problem: string; addresses: readonly string[]; detail: string | null; callers: number };

export const serviceEndpointsAstray = defineCode<AstrayEndpointsFacts>({
  code: 'service-endpoints-astray',
  title: 'Hand-made endpoints of a Service lead nowhere',
  documentation:
    'The Service has no selector, so it leads to whatever EndpointSlices somebody writes for it. There are none, none of them is ready, their port has another name than that of the Service, or their addresses are of pods that are gone.',
  silentWhen: 'Nobody calls the Service, or its endpoints lie outside of the pod network, where nothing can be told of them.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 10,
  message: ({ problem, detail }) => `No selector, and ${problemText(problem, detail)}.`,
});

/** What is wrong with the endpoints, as the end of a sentence. */
export function problemText(problem: string, detail: string | null): string {
  if (problem === 'not-ready') return 'none of its endpoints is marked as ready';
  if (problem === 'port-name')
    return `no endpoint has a port named ${detail === '' || detail === null ? 'as the unnamed one of the Service' : detail}, by which ports are joined`;
  if (problem === 'stale-address') return `its endpoint ${detail} is the address of a pod that does not exist any more`;
  return 'no EndpointSlice gives it an address';
}

export const serviceManualEndpointsAnalyser = defineAnalyser({
  id: 'service-manual-endpoints',
  kind: 'Service',
  reads: ['EndpointSlice', 'Pod', 'Node', 'Ingress'],
  codes: [serviceEndpointsAstray],
  *analyse(service, view) {
    const object = refOf(service);
    const found = astrayEndpoints(service, view);
    if (found === null || service.metadata.deletionTimestamp !== undefined) return;
    const callers = callersOf(view, object);
    const called = liveCallers(object, view).length > 0 || callers.some(({ kind }) => kind !== 'Pod' && kind !== 'Deployment');
    if (!called) return;
    const seen =
      found.path === null || found.detail === null
        ? absenceEvidence(object, `Service ${object.name} has no spec.selector, and ${problemText(found.problem, found.detail)}`)
        : fieldEvidence(found.object, found.path, found.detail, { decisive: true });
    yield {
      code: serviceEndpointsAstray.code,
      object,
      discriminator: '',
      severity: 'medium',
      since: null,
      concerns: callers,
      facts: { problem: found.problem, addresses: found.addresses.slice(0, 5), detail: found.detail, callers: callers.length },
      evidence: [seen],
    };
  },
});
