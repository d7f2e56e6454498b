import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { workloadYaml } from '../testing/workload-yaml.ts';

const backend = `${workloadYaml({ name: 'web', container: 'image: x:1\nports: [{containerPort: 80}]' })}kind: Service\nmetadata: {name: web}\nspec: {clusterIP: 10.96.0.8, selector: {app: web}, ports: [{port: 80}]}\n---\n`;
const ingress = (service: string, status = '{}') =>
  `kind: IngressClass\nmetadata: {name: alb}\nspec: {controller: ingress.k8s.aws/alb}\n---\nkind: Ingress\nmetadata: {name: web}\nspec: {ingressClassName: alb, rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${service}, port: {number: 80}}}}]}}]}\nstatus: ${status}\n---\n`;
const event = (kind: string, reason: string, at: string, count = 4) =>
  `kind: Event\nmetadata: {name: e}\ninvolvedObject: {apiVersion: ${kind === 'Service' ? 'v1' : 'networking.k8s.io/v1'}, kind: ${kind}, namespace: shop, name: web}\ntype: Warning\nreason: ${reason}\nmessage: "no subnets carry the role tag"\ncount: ${count}\nfirstTimestamp: 2026-05-04T11:30:00Z\nlastTimestamp: ${at}\n---\n`;
const now = '2026-05-04T11:59:00Z';

describe('warnings of network controllers', () => {
  it('speak for themselves where the state shows nothing', async () => {
    const { named, sentences } = await seenIn(backend + ingress('web') + event('Ingress', 'FailedBuildModel', now));
    expect(named).toEqual(['network-controller-warns Ingress/web']);
    expect(sentences[0]).toContain('no subnets carry the role tag');
    expect((await seenIn(backend + event('Service', 'FailedToUpdateEndpointSlices', now))).named).toEqual(['network-controller-warns Service/web']);
  });

  it('are explained by what the state shows', async () => {
    expect((await seenIn(backend + ingress('gone') + event('Ingress', 'FailedBuildModel', now))).named).toEqual(['ingress-backend-missing Service/gone']);
  });

  it('are over after a while, and ordinary where they come once', async () => {
    const served = '{loadBalancer: {ingress: [{ip: 192.0.2.1}]}}';
    expect((await seenIn(backend + ingress('web') + event('Ingress', 'FailedBuildModel', '2026-05-04T11:40:00Z'))).named).toEqual([]);
    expect((await seenIn(backend + ingress('web', served) + event('Ingress', 'Rejected', now, 1))).named).toEqual([]);
    expect((await seenIn(backend + event('Service', 'FailedToUpdateEndpointSlices', now, 1))).named).toEqual([]);
  });
});
