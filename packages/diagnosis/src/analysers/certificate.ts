import type { CertificateFacts as Certificate } from '@quarterdeck/cluster';
import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import type { RawFinding } from '../model/finding.ts';
import { evidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Secret = KindTypes['Secret'];

export type CertificateFacts = { subject: string; notBefore: string; notAfter: string; key: string };

export const certificateExpired = defineCode<CertificateFacts>({
  code: 'certificate-expired',
  title: 'Certificate has expired',
  documentation:
    'The certificate in a TLS Secret that something uses is past its end, so clients that verify it refuse to connect. It must be issued anew and put into the Secret; some servers need a restart to read it.',
  silentWhen: 'Nothing mounts or reads the Secret, or it is not of type kubernetes.io/tls.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ subject, notAfter }) => `The certificate of ${subject} expired on ${day(notAfter)}.`,
});

export const certificateExpiring = defineCode<CertificateFacts>({
  code: 'certificate-expiring',
  title: 'Certificate expires soon',
  documentation: 'The certificate in a TLS Secret that something uses ends within 14 days, and nothing has renewed it yet.',
  silentWhen: 'It ends in more than 14 days; where cert-manager or an owner renews it, it stays mild to the end.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ subject, notAfter }) => `The certificate of ${subject} expires on ${day(notAfter)}.`,
});

export const certificateNotYetValid = defineCode<CertificateFacts>({
  code: 'certificate-not-yet-valid',
  title: 'Certificate is not valid yet',
  documentation: 'The certificate in a TLS Secret that something uses begins in the future: the clock of its issuer, or of this cluster, is wrong.',
  silentWhen: 'Nothing mounts or reads the Secret.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ subject, notBefore }) => `The certificate of ${subject} is valid from ${notBefore} on.`,
});

export const certificateKeyMismatch = defineCode<CertificateFacts>({
  code: 'certificate-key-mismatch',
  title: 'Private key does not belong to the certificate',
  documentation: 'In a TLS Secret that something uses, tls.key is not the key of the certificate in tls.crt. Servers refuse to start with it.',
  silentWhen: 'The key may not be read, or nothing uses the Secret.',
  opensAfterSeconds: 0,
  closesAfterSeconds: 5,
  message: ({ subject }) => `tls.key is not the key of the certificate of ${subject}.`,
});

/** `2025-03-01` of an ISO 8601 time. */
export function day(time: string): string {
  return time.slice(0, 10);
}

const soonMs = 14 * 24 * 3600 * 1000;
/** Nearer than this somebody has to act today. */
const urgentMs = 3 * 24 * 3600 * 1000;

export const certificateAnalyser = defineAnalyser({
  id: 'certificate',
  kind: 'Secret',
  reads: ['Pod', 'Ingress', 'Deployment', 'StatefulSet', 'DaemonSet'],
  codes: [certificateExpired, certificateExpiring, certificateNotYetValid, certificateKeyMismatch],
  *analyse(secret, view) {
    const object = refOf(secret);
    const used = [...view.incoming(object, 'mounts'), ...view.incoming(object, 'reads')];
    if (secret.type !== 'kubernetes.io/tls' || used.length === 0) return;
    const key = 'tls.crt';
    const answer = view.ask({ need: 'certificate', namespace: object.namespace ?? '', name: object.name, key });
    if (answer?.state === 'answered') yield* judge(secret, key, answer.value, view);
  },
});

function* judge(secret: Secret, key: string, certificate: Certificate, view: ClusterView): Iterable<RawFinding<CertificateFacts>> {
  const from = timeOf(certificate.notBefore) ?? 0;
  const until = timeOf(certificate.notAfter);
  if (until === null) return;
  if (until <= view.now) yield finding(certificateExpired.code, 'high', secret, key, certificate, until);
  else if (until - view.now < soonMs)
    yield finding(certificateExpiring.code, until - view.now < urgentMs && !renewsSoon(secret) ? 'medium' : 'low', secret, key, certificate, null);
  if (from > view.now) yield finding(certificateNotYetValid.code, 'high', secret, key, certificate, null);
  if (certificate.keyMatches === false) yield finding(certificateKeyMismatch.code, 'high', secret, key, certificate, null);
}

/** Somebody renews it by itself: short-lived certificates are near their end all the time. */
function renewsSoon(secret: Secret): boolean {
  return Object.keys(secret.metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/')) || (secret.metadata.ownerReferences ?? []).length > 0;
}

function finding(
  code: string,
  severity: 'high' | 'medium' | 'low',
  secret: Secret,
  key: string,
  certificate: Certificate,
  since: number | null,
): RawFinding<CertificateFacts> {
  const object = refOf(secret);
  const { subject, notBefore, notAfter } = certificate;
  const text = `certificate of ${subject}, valid from ${notBefore} until ${notAfter}${certificate.keyMatches === false ? '; tls.key belongs to another certificate' : ''}`;
  return {
    code,
    object,
    discriminator: '',
    severity,
    since,
    facts: { subject, notBefore, notAfter, key },
    evidence: [evidence({ source: 'certificate', object, path: `data["${key}"]`, value: notAfter, text, decisive: true })],
  };
}
