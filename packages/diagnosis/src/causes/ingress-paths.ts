import {
  type BackendProtocolFacts,
  ingressBackendProtocol,
  ingressPathMisrouted,
  ingressRewriteWithoutGroup,
  ingressTlsHostMisspelt,
  type MisroutedFacts,
  type RewriteFacts,
  type TlsHostFacts,
} from '../analysers/ingress-paths.ts';
import type { Explanation } from '../model/explanation.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, numberFact, stringFact } from './explain.ts';

export const pathMisrouted = defineMechanism<MisroutedFacts>({
  id: 'ingress-path-misrouted',
  title: (facts, object) => `Ingress ${object.name} routes ${facts.path} to Service ${facts.service}`,
  sentence: (facts, object) =>
    `Ingress ${object.name} routes ${facts.path} to Service ${facts.service}, although its paths are called after their Services and Service ${facts.meant} exists, so requests reach the wrong program.`,
});

export const rewriteWithoutGroup = defineMechanism<RewriteFacts>({
  id: 'ingress-rewrite-without-group',
  title: (facts, object) => `rewrite-target ${facts.target} of Ingress ${object.name} loses the path`,
  sentence: (facts, object) =>
    `Ingress ${object.name} rewrites requests to ${facts.target}, but its path ${facts.path} has ${facts.groups === 0 ? 'no capture group' : `only ${facts.groups} capture group`}, so what follows the path is lost and every request asks the backend for the same page.`,
});

export const backendProtocolDiffers = defineMechanism<BackendProtocolFacts>({
  id: 'ingress-backend-protocol',
  title: (facts, object) => `Ingress ${object.name} speaks ${facts.spoken} to a backend that serves ${facts.served}`,
  sentence: (facts, object) =>
    `Ingress ${object.name} ${facts.annotated ? `has the annotation backend-protocol ${facts.spoken}` : 'has no annotation backend-protocol, so its controller speaks HTTP'}, but port ${facts.port} of Service ${facts.service} serves ${facts.served}, as the probes of its pods prove, so requests fail with ${facts.spoken === 'HTTP' ? '400' : '502'}.`,
});

export const tlsHostMisspelt = defineMechanism<TlsHostFacts>({
  id: 'ingress-tls-host-misspelt',
  title: (facts, object) => `Ingress ${object.name} has TLS for ${facts.listed}, but serves ${facts.host}`,
  sentence: (facts, object) =>
    `Ingress ${object.name} serves ${facts.host}, but its spec.tls names ${facts.listed}, so ${facts.host} gets the fallback certificate of the controller, which clients refuse.`,
});

const id = 'ingress-paths';

export const ingressPathsRule = defineRule({
  id,
  explains: [ingressPathMisrouted.code, ingressRewriteWithoutGroup.code, ingressBackendProtocol.code, ingressTlsHostMisspelt.code],
  mechanisms: [pathMisrouted, rewriteWithoutGroup, backendProtocolDiffers, tlsHostMisspelt],
  *explain(finding): Iterable<Explanation> {
    const { object, evidence, code } = finding;
    const text = (name: string) => stringFact(finding.facts, name) ?? '';
    const common = { rule: id, finding, object, evidence } as const;
    if (code === ingressPathMisrouted.code) {
      const facts = { path: text('path'), service: text('service'), meant: text('meant'), field: text('field') };
      yield endsAt({ ...common, mechanism: pathMisrouted, facts, strength: 'likely' });
    } else if (code === ingressRewriteWithoutGroup.code) {
      const facts = { target: text('target'), path: text('path'), groups: numberFact(finding.facts, 'groups'), field: text('field') };
      yield endsAt({ ...common, mechanism: rewriteWithoutGroup, facts, strength: 'certain' });
    } else if (code === ingressBackendProtocol.code) {
      const facts = {
        service: text('service'),
        port: text('port'),
        spoken: text('spoken'),
        served: text('served'),
        annotated: finding.facts.annotated === true,
      };
      yield endsAt({ ...common, mechanism: backendProtocolDiffers, facts, strength: 'certain' });
    } else {
      const facts = { host: text('host'), listed: text('listed'), field: text('field') };
      yield endsAt({ ...common, mechanism: tlsHostMisspelt, facts, strength: 'likely' });
    }
  },
});
