import { type KindTypes, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { Fact, Facts, Mono } from '../parts/facts.tsx';
import { CertificateExpiry } from '../secrets/certificates-part.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

type Spec = NonNullable<KindTypes['Ingress']['spec']>;
type Backend = NonNullable<Spec['defaultBackend']>;

function IngressSummary({ object: { spec, status, metadata } }: SummaryProps<KindTypes['Ingress']>) {
  const messages = useMessages().objectSummary;
  const namespace = metadata.namespace ?? null;
  const { host, path, backend } = messages.ruleColumns;
  const rows = (spec?.rules ?? []).flatMap((rule) =>
    (rule.http?.paths ?? []).map((each) => ({
      key: `${rule.host} ${each.path} ${each.backend.service?.name}`,
      cells: [
        rule.host ?? '*',
        <Mono key="path">{`${each.path ?? '/'} (${each.pathType})`}</Mono>,
        <BackendChip key="backend" backend={each.backend} namespace={namespace} />,
      ],
    })),
  );
  return (
    <>
      <Facts>
        <Fact label={messages.class}>
          {spec?.ingressClassName !== undefined && <ObjectChip object={refTo('IngressClass', null, spec.ingressClassName)} bare />}
        </Fact>
        <Fact label={messages.address}>{(status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []).join(', ')}</Fact>
        <Fact label={messages.defaultBackend}>{spec?.defaultBackend !== undefined && <BackendChip backend={spec.defaultBackend} namespace={namespace} />}</Fact>
      </Facts>
      {rows.length > 0 && (
        <Part title={messages.rules}>
          <PlainTable label={messages.rules} head={[host, path, backend]} rows={rows} />
        </Part>
      )}
      {(spec?.tls ?? []).length > 0 && (
        <Part title="TLS">
          <ul className="flex flex-col gap-1">
            {(spec?.tls ?? []).map(({ hosts = [], secretName }) => (
              <li key={`${secretName} ${hosts.join()}`} className="flex flex-wrap items-baseline gap-x-2">
                <span className="break-all">{hosts.join(', ')}</span>
                {secretName !== undefined && namespace !== null && (
                  <>
                    <ObjectChip object={refTo('Secret', namespace, secretName)} />
                    <CertificateExpiry namespace={namespace} name={secretName} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

function BackendChip({ backend: { service, resource }, namespace }: { backend: Backend; namespace: string | null }) {
  if (service === undefined) return resource === undefined ? null : `${resource.kind} ${resource.name}`;
  return (
    <>
      <ObjectChip object={refTo('Service', namespace, service.name)} />
      <span className="font-mono text-code text-soft">:{service.port?.number ?? service.port?.name}</span>
    </>
  );
}

export const ingressSummary = defineSummary('Ingress', IngressSummary);
