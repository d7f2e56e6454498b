import { type ObjectRef, refTo } from '@quarterdeck/contract';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts, IdentifiedFinding } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { nearMiss } from '../pods/near-name.ts';
import type { RuleView } from '../view/rule-view.ts';
import { ending, listed } from './explain.ts';

export type ClassFacts = { class: string | null; existing: readonly string[]; meant: string | null };

const classMissing: Mechanism<ClassFacts> = {
  id: 'ingress-class-missing',
  title: (facts, object) =>
    facts.class === null ? `Ingress ${object.name} names no ingress class` : `IngressClass ${facts.class} of Ingress ${object.name} does not exist`,
  sentence: (facts, object) => {
    const existing = facts.existing.length === 0 ? 'the cluster has no IngressClass at all' : `the cluster has ${listed(facts.existing)}`;
    const named = facts.class === null ? 'names no ingress class and there is no default one' : `asks for ingress class ${facts.class}, which does not exist`;
    return `Ingress ${object.name} ${named} (${existing}), so no controller serves it and it gets no address.`;
  },
};

export type BackendFacts = { ingress: string; service: string; path: string; meant: string | null };

const backendMissing: Mechanism<BackendFacts> = {
  id: 'ingress-backend-missing',
  title: (facts) => `Service ${facts.service}, the backend of Ingress ${facts.ingress}, does not exist`,
  sentence: (facts) =>
    `Ingress ${facts.ingress} routes to Service ${facts.service}, which does not exist${facts.meant === null ? '' : ` (there is a Service ${facts.meant})`}, so requests to that path are answered with 503.`,
};

export type PortFacts = { service: string; port: string; offered: readonly string[]; path: string };

const portMismatch: Mechanism<PortFacts> = {
  id: 'ingress-port-mismatch',
  title: (facts, object) => `Ingress ${object.name} routes to port ${facts.port}, which Service ${facts.service} does not have`,
  sentence: (facts, object) =>
    `Ingress ${object.name} routes to port ${facts.port} of Service ${facts.service}, but that Service has ${listed(facts.offered, 'no port')}.`,
};

export type TlsFacts = { ingress: string; secret: string; path: string; meant: string | null };

const tlsMissing: Mechanism<TlsFacts> = {
  id: 'ingress-tls-missing',
  title: (facts) => `TLS Secret ${facts.secret} of Ingress ${facts.ingress} does not exist`,
  sentence: (facts) =>
    `Ingress ${facts.ingress} takes its certificate from Secret ${facts.secret}, which does not exist${facts.meant === null ? '' : ` (there is a Secret ${facts.meant})`}, so clients get the controller's fallback certificate.`,
};

/** The referrer where a near miss exists, else the object that is missing. */
function whom(finding: IdentifiedFinding, missing: ObjectRef, meant: string | null): { object: ObjectRef; exists: boolean } {
  return meant === null ? { object: missing, exists: false } : { object: finding.object, exists: true };
}

function text(facts: Facts, key: string): string {
  const value = facts[key];
  return typeof value === 'string' ? value : '';
}

const rule = 'ingress';

export const ingressRule = defineRule({
  id: rule,
  explains: ['ingress-class-missing', 'ingress-backend-missing', 'ingress-port-mismatch', 'ingress-tls-missing'],
  mechanisms: [classMissing, backendMissing, portMismatch, tlsMissing],
  *explain(finding, view) {
    const reason = { rule, strength: 'certain', evidence: finding.evidence } as const;
    const { object, facts } = finding;
    if (finding.code === 'ingress-class-missing') {
      yield ending(finding, { object, mechanism: classMissing.id, facts: classFacts(finding, view) }, reason);
    } else if (finding.code === 'ingress-port-mismatch') {
      const read: PortFacts = { service: text(facts, 'service'), port: text(facts, 'port'), offered: names(facts.offered), path: text(facts, 'path') };
      yield ending(finding, { object, mechanism: portMismatch.id, facts: read }, reason);
    } else if (finding.code === 'ingress-backend-missing') {
      const service = text(facts, 'service');
      const meant = nearMiss(
        service,
        view.list('Service', object.namespace ?? '').map(({ metadata }) => metadata.name),
      );
      const end = { ...whom(finding, refTo('Service', object.namespace, service), meant), mechanism: backendMissing.id };
      yield ending(finding, { ...end, facts: { ingress: object.name, service, path: finding.discriminator, meant } }, reason);
    } else {
      const secret = text(facts, 'secret');
      const [via] = view.outgoing(object, 'mounts').filter(({ to }) => to.name === secret);
      const meant = nearMiss(secret, tlsSecrets(object.namespace, view));
      const end = { ...whom(finding, refTo('Secret', object.namespace, secret), meant), mechanism: tlsMissing.id };
      yield ending(finding, { ...end, facts: { ingress: object.name, secret, path: via?.path ?? '', meant } }, reason);
    }
  },
});

function names(value: Facts[string] | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function tlsSecrets(namespace: string | null, view: RuleView): string[] {
  return view.list('Secret', namespace ?? '').flatMap(({ type, metadata }) => (type === 'kubernetes.io/tls' ? [metadata.name] : []));
}

function classFacts(finding: IdentifiedFinding, view: RuleView): ClassFacts {
  const wanted = typeof finding.facts.class === 'string' ? finding.facts.class : null;
  const classes = view.list('IngressClass');
  const existing = classes.map(({ metadata }) => metadata.name);
  const preferred = classes.find(({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true')?.metadata.name;
  const near = wanted === null ? null : nearMiss(wanted, existing);
  const only = existing.length === 1 ? (existing[0] ?? null) : null;
  return { class: wanted, existing, meant: near ?? preferred ?? only };
}
