import { type AccessGrant, type AccessQuestion, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { questionText } from './access-question.ts';
import { useWhoCan } from './use-access.ts';

const cell = 'border-line/60 border-b px-3 py-1 text-left align-top';

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
    <div className="overflow-x-auto rounded border bg-surface">
      <table className="w-full">
        <thead>
          <tr className="text-soft text-xs">
            {[messages.subject, messages.role, messages.binding, messages.only].map((label) => (
              <th key={label} scope="col" className={`${cell} font-normal`}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={`${refKey(grant.binding)} ${grant.subject.kind} ${grant.subject.namespace} ${grant.subject.name}`}>
              <th scope="row" className={`${cell} font-normal`}>
                <Subject {...grant.subject} />
              </th>
              <td className={cell}>
                <ObjectChip object={grant.role} />
              </td>
              <td className={cell}>
                <ObjectChip object={grant.binding} withNamespace />
              </td>
              <td className={`${cell} break-words`}>{grant.names.length === 0 ? messages.allObjects : grant.names.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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
