import { refTo } from '@quarterdeck/contract';
import { type CertificateRequestFacts, certificateRequestPending } from '../analysers/certificate-request.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, stringFact } from './explain.ts';

const id = 'certificate-request';

const what = ({ requester, signer }: CertificateRequestFacts) => {
  const node = nodeOf(requester);
  const kind = signer === 'kubernetes.io/kubelet-serving' ? 'serving' : signer.includes('client') ? 'client' : '';
  return `${node === null ? requester : `the kubelet of node ${node}`} waits for a ${kind === '' ? '' : `${kind} `}certificate from ${signer}`;
};

export const requestNotApproved = defineMechanism<CertificateRequestFacts>({
  id: 'certificate-request-not-approved',
  title: (_facts, object) => `CertificateSigningRequest ${object.name} is not approved`,
  sentence: (facts) => `${upper(what(facts))}, and nobody has approved the request.`,
});

export const requestNotSigned = defineMechanism<CertificateRequestFacts>({
  id: 'certificate-request-not-signed',
  title: (facts, object) => `CertificateSigningRequest ${object.name} is approved, and ${facts.signer} does not sign it`,
  sentence: (facts) =>
    `${upper(what(facts))}; the request is approved, and no certificate came${facts.reason === null ? ': the signer does not run, or does not answer to this name' : `: ${facts.reason}`}.`,
});

function nodeOf(requester: string): string | null {
  return /^system:node:(.+)$/.exec(requester)?.[1] ?? null;
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export const certificateRequestRule = defineRule({
  id,
  explains: [certificateRequestPending.code],
  mechanisms: [requestNotApproved, requestNotSigned],
  *explain(finding) {
    const facts: CertificateRequestFacts = {
      requester: stringFact(finding.facts, 'requester') ?? '',
      signer: stringFact(finding.facts, 'signer') ?? '',
      approved: finding.facts.approved === true,
      reason: stringFact(finding.facts, 'reason'),
    };
    const object = refTo('CertificateSigningRequest', null, finding.object.name);
    yield endsAt({
      rule: id,
      finding,
      object,
      mechanism: facts.approved ? requestNotSigned : requestNotApproved,
      facts,
      strength: 'certain',
      evidence: finding.evidence,
    });
  },
});
