import { type CertificateFacts, day } from '../analysers/certificate.ts';
import type { Mechanism } from '../model/explanation.ts';
import type { Facts } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { ending, upstream } from './explain.ts';

const expired: Mechanism<CertificateFacts> = {
  id: 'certificate-expired',
  title: (facts, object) => `Certificate in Secret ${object.name} expired on ${day(facts.notAfter)}`,
  sentence: (facts, object) =>
    `The certificate in Secret ${object.name} (${facts.key}, ${facts.subject}) expired on ${day(facts.notAfter)}, so clients that verify it refuse to connect.`,
};

const expiring: Mechanism<CertificateFacts> = {
  id: 'certificate-expiring',
  title: (facts, object) => `Certificate in Secret ${object.name} expires on ${day(facts.notAfter)}`,
  sentence: (facts, object) =>
    `The certificate in Secret ${object.name} (${facts.key}, ${facts.subject}) expires on ${day(facts.notAfter)} and has not been renewed.`,
};

const notYetValid: Mechanism<CertificateFacts> = {
  id: 'certificate-not-yet-valid',
  title: (facts, object) => `Certificate in Secret ${object.name} is valid only from ${day(facts.notBefore)} on`,
  sentence: (facts, object) =>
    `The certificate in Secret ${object.name} (${facts.key}, ${facts.subject}) begins on ${facts.notBefore}, in the future, so clients refuse it.`,
};

const keyMismatch: Mechanism<CertificateFacts> = {
  id: 'certificate-key-mismatch',
  title: (_facts, object) => `tls.key in Secret ${object.name} is not the key of its certificate`,
  sentence: (facts, object) =>
    `In Secret ${object.name}, tls.key does not belong to the certificate of ${facts.subject} in ${facts.key}, so servers cannot use the pair.`,
};

const mechanisms = [expired, expiring, notYetValid, keyMismatch];

function isCertificateFacts(facts: Facts): facts is CertificateFacts {
  return typeof facts.subject === 'string' && typeof facts.notBefore === 'string' && typeof facts.notAfter === 'string' && typeof facts.key === 'string';
}

export const certificateRule = defineRule({
  id: 'certificate',
  explains: mechanisms.map(({ id }) => id),
  mechanisms,
  *explain(finding) {
    const mechanism = mechanisms.find(({ id }) => id === finding.code);
    if (mechanism === undefined || !isCertificateFacts(finding.facts)) return;
    const end = { object: finding.object, mechanism: mechanism.id, facts: finding.facts };
    yield ending(finding, end, { rule: 'certificate', strength: 'certain', evidence: finding.evidence });
  },
});

const speaksOfCertificates = /certificate|x509|\bssl\b|\btls\b|private key|key values mismatch|PEM/i;

/** A server that cannot use the certificate it mounts; its own words must speak of certificates. */
export const certificateConsumerRule = defineRule({
  id: 'certificate-consumer',
  explains: ['container-crash-loop', 'container-unready', 'container-log-errors'],
  mechanisms: [],
  *explain(finding, view) {
    const line = finding.evidence.find(({ source, text }) => source === 'log' && speaksOfCertificates.test(text));
    if (line === undefined) return;
    for (const via of view.outgoing(finding.object, 'mounts')) {
      for (const code of [keyMismatch.id, notYetValid.id, expired.id]) {
        for (const cause of view.findingsOn(via.to, code)) {
          yield upstream(finding, cause, { rule: 'certificate-consumer', strength: 'likely', via, evidence: [{ ...line, decisive: true }] });
        }
      }
    }
  },
});
