import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from './evidence.ts';

/** The first certificate of a PEM text, which in a chain is the server's own, with those after it. Null where there is none to read. */
export function certificateFacts(pem: string, keyPem: string | null): CertificateFacts | null {
  const certificate = parseCertificate(pem);
  if (certificate === null) return null;
  const chain = laterCertificates(pem).map(linkOf);
  return {
    ...linkOf(certificate),
    names: namesOf(certificate.subjectAltName ?? ''),
    keyMatches: keyPem === null ? null : keyMatches(certificate, keyPem),
    ...(chain.length === 0 ? {} : { chain }),
  };
}

function linkOf(certificate: X509Certificate) {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
  };
}

/** A bundle of authorities can hold hundreds. */
const longestChain = 10;

function laterCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.slice(1, longestChain + 1).flatMap((block) => parseCertificate(block) ?? []);
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null; // Not a certificate: the caller says so in its refusal.
  }
}

function keyMatches(certificate: X509Certificate, keyPem: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    return false; // A key that can't be read belongs to no certificate.
  }
}

/** OpenSSL's `DNS:api.shop, IP Address:10.0.0.7`; other kinds of names (URI, email) are left out. */
function namesOf(subjectAltName: string): string[] {
  return subjectAltName.split(', ').flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
}

function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}
