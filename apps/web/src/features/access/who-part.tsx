import { type AccessGrant, type AccessQuestion, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { questionText } from './access-question.ts';
import { useWhoCan } from './use-access.ts';

/** Who can: subjects by the bindings and roles that give it to them. */
export function WhoPart({ question }: { question: AccessQuestion }) {
  const messages = useMessages().access;
  const { data, error, refetch } = useWhoCan(question);
  return (
    <Section title={messages.whoCan(questionText(question))}>
      {error !== null && <ErrorNotice what={messages.notAnswered} error={error} onRetry={() => refetch()} />}
      {error === null && data === undefined && <SkeletonLines widths={['50%', '45%', '60%']} />}
      {data !== undefined && data.grants.length === 0 && <p>{messages.nobody}</p>}
      {data !== undefined && data.grants.length > 0 && <Grants grants={data.grants} />}
      {data !== undefined && data.unread.length > 0 && <p className="mt-2 text-soft">{messages.unread(data.unread.join(', '))}</p>}
    </Section>
  );
}

function Grants({ grants }: { grants: readonly AccessGrant[] }) {
  const messages = useMessages().access;
  return (
    <PlainTable
      label={messages.subject}
      head={[messages.subject, messages.role, messages.binding, messages.only]}
      rows={grants.map(({ subject, role, binding, names }) => ({
        key: `${refKey(binding)} ${subject.kind} ${subject.namespace} ${subject.name}`,
        cells: [
          <Subject key="subject" {...subject} />,
          <ObjectChip key="role" object={role} />,
          <ObjectChip key="binding" object={binding} withNamespace />,
          names.length === 0 ? messages.allObjects : names.join(', '),
        ],
      }))}
    />
  );
}

function Subject({ kind, name, namespace }: AccessGrant['subject']) {
  if (kind === 'ServiceAccount') return <ObjectChip object={{ apiVersion: 'v1', kind, namespace, name }} withNamespace />;
  return (
    <span className="inline-flex gap-1.5">
      <span className="text-soft">{kind}</span>
      <span className="break-all font-mono text-code">{name}</span>
    </span>
  );
}
