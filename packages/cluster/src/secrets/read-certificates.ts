import type { CertificateList } from '@quarterdeck/contract';
import type { EvidenceReader } from '../evidence/evidence.ts';

/** Keys that hold certificates by convention. */
const holdsCertificates = /(^|[._-])(crt|cer|cert|certificate|pem|ca-bundle)$|\.(crt|cer|pem)$/i;
const mostKeys = 8;

/** The certificates in a Secret. Its values are read by the evidence reader alone, and none leaves it. */
export async function readCertificates(evidence: EvidenceReader, place: { namespace: string; name: string }, signal: AbortSignal): Promise<CertificateList> {
  const shape = await evidence.read({ need: 'secretShape', ...place }, signal);
  if (shape.state !== 'answered' || shape.need !== 'secretShape') return { certificates: [], unread: [] };
  const keys = Object.keys(shape.value.keys)
    .filter((key) => holdsCertificates.test(key))
    .slice(0, mostKeys);
  const list: CertificateList = { certificates: [], unread: [] };
  for (const key of keys) {
    const answer = await evidence.read({ need: 'certificate', ...place, key }, signal);
    if (answer.state === 'answered' && answer.need === 'certificate') list.certificates.push({ key, ...answer.value, chain: answer.value.chain ?? [] });
    else if (answer.state !== 'answered') list.unread.push({ key, reason: answer.reason });
  }
  return list;
}
