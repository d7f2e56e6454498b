import type { KindTypes } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { CertificatesPart } from '../secrets/certificates-part.tsx';
import { SecretValue } from '../secrets/secret-value.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function SecretSummary({ object: { type, data = {}, immutable, metadata } }: SummaryProps<KindTypes['Secret']>) {
  const messages = useMessages().objectSummary;
  const { namespace, name } = metadata;
  const keys = Object.keys(data).sort();
  if (namespace === undefined) return null;
  return (
    <>
      <Facts>
        <Fact label={messages.type}>{type}</Fact>
        <Fact label={messages.immutable}>{immutable === true && messages.yes}</Fact>
        <Fact label={messages.account}>{metadata.annotations?.['kubernetes.io/service-account.name']}</Fact>
      </Facts>
      <CertificatesPart namespace={namespace} name={name} version={metadata.resourceVersion ?? ''} keys={keys} />
      <Part title={messages.keys(keys.length)}>
        <ul className="flex flex-col divide-y divide-line/60">
          {keys.map((key) => (
            <SecretValue key={`${key} ${metadata.resourceVersion}`} namespace={namespace} name={name} secretKey={key} shown={data[key] ?? ''} />
          ))}
        </ul>
      </Part>
    </>
  );
}

export const secretSummary = defineSummary('Secret', SecretSummary);
