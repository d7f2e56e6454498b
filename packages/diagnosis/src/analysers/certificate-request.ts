import { type KindTypes, refOf } from '@quarterdeck/contract';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { fieldEvidence, timeOf } from '../pods/evidence.ts';
import type { ClusterView } from '../view/cluster-view.ts';

type Request = KindTypes['CertificateSigningRequest'];

export type CertificateRequestFacts = { requester: string; signer: string; approved: boolean; reason: string | null };

export const certificateRequestPending = defineCode<CertificateRequestFacts>({
  code: 'certificate-request-pending',
  title: 'Certificate signing request waits',
  documentation:
    'A kubelet or a program asked the cluster for a certificate, and nobody has approved the request, or it is approved and no signer has signed it. A kubelet without a serving certificate cannot be asked for logs or metrics; one without a client certificate cannot join.',
  silentWhen: 'The request is denied (somebody decided so), is younger than ten minutes, or a later request of the same requester is newer and speaks for it.',
  opensAfterSeconds: 600,
  closesAfterSeconds: 10,
  message: ({ requester, signer, approved }) => `The request of ${requester} to ${signer} is ${approved ? 'approved and not signed' : 'not approved'}.`,
});

export const certificateRequestAnalyser = defineAnalyser({
  id: 'certificate-request',
  kind: 'CertificateSigningRequest',
  reads: [],
  codes: [certificateRequestPending],
  *analyse(request, view) {
    const conditions = request.status?.conditions ?? [];
    const state = (type: string) => conditions.find((condition) => condition.type === type && condition.status !== 'False');
    if (view.scope !== null || request.status?.certificate !== undefined || state('Denied') !== undefined || isSuperseded(request, view)) return;
    const object = refOf(request);
    const approved = state('Approved') !== undefined;
    const facts: CertificateRequestFacts = {
      requester: request.spec.username ?? 'unknown',
      signer: request.spec.signerName,
      approved,
      reason: state('Failed')?.message ?? null,
    };
    yield {
      code: certificateRequestPending.code,
      object,
      discriminator: '',
      severity: 'medium' as const,
      since: timeOf(request.metadata.creationTimestamp),
      facts,
      evidence: [
        fieldEvidence(object, 'spec.signerName', facts.signer),
        fieldEvidence(object, 'status.conditions', approved ? 'Approved' : 'none', {
          decisive: true,
          text: facts.reason ?? (approved ? 'It is approved and there is no certificate' : 'Nobody has approved it'),
        }),
      ],
    };
  },
});

/** A kubelet asks again every quarter of an hour: its latest request speaks for all. */
function isSuperseded({ metadata, spec }: Request, view: ClusterView): boolean {
  return view.list('CertificateSigningRequest').some((other) => {
    const same = other.spec.username === spec.username && other.spec.signerName === spec.signerName && other.metadata.name !== metadata.name;
    return same && (timeOf(other.metadata.creationTimestamp) ?? 0) > (timeOf(metadata.creationTimestamp) ?? 0);
  });
}
