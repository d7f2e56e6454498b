import { type StorageReport, type StorageStatus, storageRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';

/** What survives a restart: where it is kept, how much there is, and whether it is whole. */
export function StoragePage() {
  const { storage: messages, pages } = useMessages();
  const { api } = useServices();
  const status = useQuery({ queryKey: ['storage'], queryFn: ({ signal }) => api.call(storageRoutes.getStorage, {}, { signal }) });
  return (
    <>
      <PageHeader title={pages.storage} />
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-3xl flex-col gap-6 p-3">
          {status.error !== null && <ErrorNotice what={messages.notRead} error={status.error} onRetry={() => status.refetch()} />}
          {status.isPending && <SkeletonLines widths={['40%', '55%', '30%', '45%']} />}
          {status.data !== undefined && <Status status={status.data} />}
          <Check />
          {status.data !== undefined && <Tables tables={status.data.tables} />}
          {status.data !== undefined && <Backup engine={status.data.engine} />}
        </div>
      </div>
    </>
  );
}

/** PostgreSQL is backed up as whoever runs it does. */
function Backup({ engine }: Pick<StorageStatus, 'engine'>) {
  const messages = useMessages().storage;
  return (
    <Section title={messages.backup}>
      <p className="mb-2">{engine === 'sqlite' ? messages.backupNote : messages.backupOfPostgres}</p>
      {engine === 'sqlite' && <CodeBlock code="qd storage backup quarterdeck-backup.db" label={messages.copyCommand} />}
    </Section>
  );
}

function Status({ status: { engine, label, size } }: { status: StorageStatus }) {
  const messages = useMessages().storage;
  return (
    <p className="break-words">
      {messages.kept(engine === 'sqlite' ? 'SQLite' : 'PostgreSQL', formatBytes(size))} <code className="break-all font-mono text-code">{label}</code>
    </p>
  );
}

function Check() {
  const messages = useMessages().storage;
  const { api } = useServices();
  const check = useMutation({ mutationFn: () => api.call(storageRoutes.checkStorage, {}) });
  return (
    <Section title={messages.check}>
      <Button disabled={check.isPending} onClick={() => check.mutate()}>
        {check.isPending ? messages.checking : messages.checkNow}
      </Button>
      <div role="status" className="mt-2">
        {check.error !== null && <ErrorNotice what={messages.notChecked} error={check.error} />}
        {check.data !== undefined && <Report report={check.data} />}
      </div>
    </Section>
  );
}

function Report({ report: { ok, ledger, damage, unreadableSecrets } }: { report: StorageReport }) {
  const messages = useMessages().storage;
  const faults = [...damage, ...ledger.faults.map(({ seq, message }) => messages.ledgerFault(seq, message)), ...unreadableSecrets.map(messages.unreadable)];
  return (
    <>
      <StatusMark state={ok ? 'healthy' : 'critical'} text={ok ? messages.whole(ledger.rows) : messages.damaged} />
      {faults.length > 0 && (
        <ul className="mt-1 flex flex-col gap-1">
          {faults.map((fault) => (
            <li key={fault} className="break-words">
              {fault}
            </li>
          ))}
        </ul>
      )}
      {ledger.unfinished > 0 && <p className="mt-1 text-soft">{messages.unfinished(ledger.unfinished)}</p>}
      <p className="mt-1 break-all text-soft">
        {messages.anchor} <code className="font-mono text-code">{`${ledger.head.seq}:${ledger.head.hash}`}</code>
      </p>
    </>
  );
}

function Tables({ tables }: { tables: StorageStatus['tables'] }) {
  const messages = useMessages().storage;
  const { language } = usePreferences();
  return (
    <Section title={messages.tables}>
      <table className="w-full max-w-md">
        <thead className="sr-only">
          <tr>
            <th scope="col">{messages.table}</th>
            <th scope="col">{messages.rows}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, rows }) => (
            <tr key={name}>
              <th scope="row" className="border-line/60 border-b py-0.5 text-left font-mono font-normal text-code">
                {name}
              </th>
              <td className="border-line/60 border-b py-0.5 text-right">{rows.toLocaleString(language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
