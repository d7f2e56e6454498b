import type { KindTypes } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { useKinds } from '../../clusters/use-kinds.ts';
import { kindSlug } from '../../objects/object-key.ts';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function CustomDefinitionSummary({ object: { spec, status } }: SummaryProps<KindTypes['CustomResourceDefinition']>) {
  const messages = useMessages().objectSummary;
  const { kinds } = useKinds();
  const served = kinds.find(({ kind, apiVersion }) => kind === spec.names.kind && apiVersion.startsWith(`${spec.group}/`));
  const { version, isServed, isStored, note } = messages.versionColumns;
  return (
    <>
      <Facts>
        <Fact label={messages.kind}>
          {served === undefined ? (
            spec.names.kind
          ) : (
            <Link to="/resources/$kind" params={{ kind: kindSlug(served, kinds) }} search={{}} className="rounded-sm hover:text-accent hover:underline">
              {spec.names.kind}
            </Link>
          )}
        </Fact>
        <Fact label={messages.group}>{spec.group}</Fact>
        <Fact label={messages.names}>
          {[spec.names.plural, spec.names.singular, ...(spec.names.shortNames ?? [])].filter((name) => name !== undefined).join(', ')}
        </Fact>
        <Fact label={messages.scope}>{spec.scope}</Fact>
        <Fact label={messages.categories}>{(spec.names.categories ?? []).join(', ')}</Fact>
        <Fact label={messages.conversion}>{spec.conversion?.strategy !== 'None' && spec.conversion?.strategy}</Fact>
      </Facts>
      <Part title={messages.versions}>
        <PlainTable
          label={messages.versions}
          head={[version, isServed, isStored, note]}
          rows={spec.versions.map((each) => ({
            key: each.name,
            cells: [
              each.name,
              each.served ? messages.yes : messages.no,
              each.storage ? messages.yes : messages.no,
              each.deprecated === true ? (each.deprecationWarning ?? messages.deprecated) : '',
            ],
          }))}
        />
      </Part>
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

export const customDefinitionSummary = defineSummary('CustomResourceDefinition', CustomDefinitionSummary);
