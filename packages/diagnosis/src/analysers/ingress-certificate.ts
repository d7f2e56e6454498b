import type { CertificateFacts } from '@quarterdeck/cluster';
import { type KindTypes, type ObjectRef, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { absenceEvidence, evidence, fieldEvidence } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

export type IngressHostFacts = { host: string; secret: string; names: readonly string[]; path: string };

export const ingressCertificateHost = defineCode<IngressHostFacts>({
  code: 'ingress-certificate-host',
  title: 'Certificate of an Ingress is for another host',
  documentation:
    'The certificate in the TLS Secret of the Ingress does not name the host that the Ingress serves with it, so browsers and other clients that verify it refuse to connect.',
  silentWhen: 'A wildcard of the certificate covers the host, or the Secret may not be read.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ host, secret, names }) => `The certificate in Secret ${secret} is for ${names.join(', ')}, not for ${host}.`,
});

export type IngressSecretFacts = { secret: string; type: string; missing: readonly string[]; path: string };

export const ingressSecretUnusable = defineCode<IngressSecretFacts>({
  code: 'ingress-secret-unusable',
  title: 'TLS Secret of an Ingress holds no certificate',
  documentation:
    'The Secret that the Ingress takes its certificate from has no tls.crt or no tls.key. Most controllers then serve their own fallback certificate, which clients refuse.',
  silentWhen: 'The Secret may not be read.',
  opensAfterSeconds: 10,
  closesAfterSeconds: 10,
  message: ({ secret, missing }) => `TLS Secret ${secret} has no ${missing.join(' and no ')}.`,
});

const key = 'tls.crt';

/** Whether the TLS Secrets of an Ingress can do what it wants them for. Secrets that are missing are not its matter. */
export const ingressCertificateAnalyser = defineAnalyser({
  id: 'ingress-certificate',
  kind: 'Ingress',
  reads: ['Secret'],
  codes: [ingressCertificateHost, ingressSecretUnusable],
  *analyse(ingress, view) {
    if (ingress.metadata.deletionTimestamp !== undefined) return;
    const object = refOf(ingress);
    for (const [index, tls] of (ingress.spec?.tls ?? []).entries()) {
      const secret = tls.secretName === undefined ? undefined : view.get('Secret', object.namespace, tls.secretName);
      const path = `spec.tls[${index}]`;
      if (secret !== undefined) yield* judge(object, secret, tls.hosts ?? [], path, view);
    }
  },
});

function* judge(object: ObjectRef, secret: KindTypes['Secret'], hosts: readonly string[], path: string, view: ClusterView): Iterable<RawFinding> {
  const { name } = secret.metadata;
  if (secret.type !== 'kubernetes.io/tls') {
    yield* withoutKeys(object, secret, path, view);
    return;
  }
  const answer = view.ask({ need: 'certificate', namespace: object.namespace ?? '', name, key });
  if (answer?.state !== 'answered') return;
  const names = namesOf(answer.value);
  for (const host of hosts.filter((each) => names.length > 0 && !names.some((pattern) => covers(pattern, each)))) {
    const facts: IngressHostFacts = { host, secret: name, names, path: `${path}.secretName` };
    const seen = [
      fieldEvidence(object, `${path}.hosts`, host, { decisive: true }),
      evidence({
        source: 'certificate',
        object: refOf(secret),
        path: `data["${key}"]`,
        value: names.join(', '),
        text: `certificate for ${names.join(', ')}`,
        decisive: true,
      }),
    ];
    yield { code: ingressCertificateHost.code, object, discriminator: `${name}|${host}`, severity: 'medium', since: null, facts, evidence: seen };
  }
}

/** The API server makes sure of the keys of Secrets of the TLS type, and of no other. */
function* withoutKeys(object: ObjectRef, secret: KindTypes['Secret'], path: string, view: ClusterView): Iterable<RawFinding<IngressSecretFacts>> {
  const { name } = secret.metadata;
  const shape = view.ask({ need: 'secretShape', namespace: object.namespace ?? '', name });
  if (shape?.state !== 'answered') return;
  const keys = Object.keys(shape.value.keys);
  const missing = [key, 'tls.key'].filter((wanted) => !keys.includes(wanted));
  if (missing.length > 0) {
    const facts: IngressSecretFacts = { secret: name, type: secret.type ?? 'Opaque', missing, path: `${path}.secretName` };
    const seen = [
      fieldEvidence(object, facts.path, name),
      absenceEvidence(refOf(secret), `Secret ${name} (type ${facts.type}) has ${keys.join(', ')} and no ${missing.join(', no ')}`),
    ];
    yield { code: ingressSecretUnusable.code, object, discriminator: name, severity: 'medium', since: null, facts, evidence: seen };
  }
}

/** The names of the extension; the common name counts only where there are none. */
export function namesOf({ names, subject }: CertificateFacts): string[] {
  const common = /CN\s*=\s*([^,\n/]+)/.exec(subject)?.[1]?.trim();
  const listed = names.map((name) => name.replace(/^(?:DNS|IP(?: Address)?):/i, ''));
  return listed.length > 0 || common === undefined ? listed : [common];
}

/** `*.example.com` stands for one label. RFC 6125. */
export function covers(pattern: string, host: string): boolean {
  const [a, b] = [pattern.toLowerCase(), host.toLowerCase()];
  return a === b || (a.startsWith('*.') && b.slice(b.indexOf('.')) === a.slice(1) && b.includes('.'));
}
