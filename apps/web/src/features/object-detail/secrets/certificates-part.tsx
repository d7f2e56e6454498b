import { type Certificate, type HealthState, secretRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../../app/services.ts';
import { useMessages } from '../../../messages/language.ts';
import { formatDuration } from '../../../text/age.ts';
import { useNow } from '../../../ui/now.ts';
import { Part } from '../../../ui/part.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Moment } from '../../../ui/time.tsx';
import { useClusterScope } from '../../clusters/clusters.tsx';
import { Fact, Facts } from '../parts/facts.tsx';

function useCertificates(namespace: string, name: string, version: string, enabled: boolean) {
  const { api } = useServices();
  const scope = useClusterScope();
  return useQuery({
    queryKey: ['certificates', scope.cluster, namespace, name, version],
    queryFn: ({ signal }) => api.call(secretRoutes.listCertificates, { ...scope, namespace, name }, { signal }),
    enabled,
  }).data;
}

const minute = 60_000;
const soon = 30 * 86_400_000;
const verySoon = 7 * 86_400_000;

/** Pure. How a certificate stands at a moment (epoch milliseconds). */
export function stateOfCertificate({ notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>, now: number): HealthState {
  const left = Date.parse(notAfter) - now;
  if (left <= 0 || Date.parse(notBefore) > now) return 'critical';
  if (left < verySoon) return 'high';
  return left < soon ? 'medium' : 'healthy';
}

/** In a line: until when the certificate of a Secret is good. */
export function CertificateExpiry({ namespace, name }: { namespace: string; name: string }) {
  const list = useCertificates(namespace, name, '', true);
  const own = list?.certificates.find(({ key }) => key === 'tls.crt');
  return own === undefined ? null : <Validity certificate={own} />;
}

function Validity({ certificate }: { certificate: Pick<Certificate, 'notBefore' | 'notAfter'> }) {
  const messages = useMessages().objectSummary;
  // The end of the minute: what was made in it is good already.
  const now = useNow(minute) + minute;
  const { notBefore, notAfter } = certificate;
  const left = Date.parse(notAfter) - now;
  const early = Date.parse(notBefore) > now;
  const text = early ? messages.notYetValid : left <= 0 ? messages.expired(formatDuration(-left)) : messages.validFor(formatDuration(left));
  return <StatusMark state={stateOfCertificate(certificate, now)} text={text} />;
}

const looksLikeCertificate = /crt|cer|pem|ca-bundle/i;

/** The certificates in a Secret as what they are. */
export function CertificatesPart({ namespace, name, version, keys }: { namespace: string; name: string; version: string; keys: readonly string[] }) {
  const messages = useMessages().objectSummary;
  const list = useCertificates(
    namespace,
    name,
    version,
    keys.some((key) => looksLikeCertificate.test(key)),
  );
  if (list === undefined || list.certificates.length + list.unread.length === 0) return null;
  return (
    <Part title={messages.certificates}>
      <ul className="flex flex-col gap-2">
        {list.certificates.map((certificate) => (
          <CertificateCard key={certificate.key} certificate={certificate} />
        ))}
        {list.unread.map(({ key, reason }) => (
          <li key={key} className="rounded border border-line bg-canvas px-3 py-2">
            <StatusMark state="high" text={reason} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function CertificateCard({ certificate }: { certificate: Certificate }) {
  const messages = useMessages().objectSummary;
  const { key, subject, issuer, names, notBefore, notAfter, keyMatches, chain } = certificate;
  return (
    <li className="rounded border border-line bg-canvas px-3 py-2">
      <div className="mb-2 flex flex-wrap items-center gap-x-3">
        <h4 className="break-all font-medium font-mono text-code">{key}</h4>
        <Validity certificate={certificate} />
      </div>
      <Facts>
        <Fact label={messages.subject}>{subject}</Fact>
        <Fact label={messages.issuer}>{issuer === subject ? messages.selfSigned : issuer}</Fact>
        <Fact label={messages.certificateNames}>{names.join(', ')}</Fact>
        <Fact label={messages.privateKey}>
          {keyMatches !== null && <StatusMark state={keyMatches ? 'healthy' : 'critical'} text={keyMatches ? messages.keyMatches : messages.keyDiffers} />}
        </Fact>
        <Fact label={messages.validFrom}>
          <Moment at={notBefore} />
        </Fact>
        <Fact label={messages.validTo}>
          <Moment at={notAfter} />
        </Fact>
        <Fact label={messages.chain}>
          {chain.length > 0 && (
            <ol className="flex flex-col gap-0.5">
              {chain.map((link) => (
                <li key={`${link.subject} ${link.notAfter}`} className="flex flex-wrap gap-x-2">
                  {link.subject} <Validity certificate={link} />
                </li>
              ))}
            </ol>
          )}
        </Fact>
      </Facts>
    </li>
  );
}
