import type { KnowledgeOverview, RunbookFolder } from '@quarterdeck/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { ExportKnowledge } from './export-knowledge.tsx';
import { ResolvedIssues } from './resolved-issues.tsx';
import { RunbookPanel } from './runbook-panel.tsx';
import { TryRetrieval } from './try-retrieval.tsx';
import { useKnowledge } from './use-knowledge.ts';

const route = getRouteApi('/ai/knowledge');

/** What people wrote down for the next time, and whether it is found. */
export function KnowledgePage() {
  const messages = useMessages().knowledge;
  const knowledge = useKnowledge();
  const { folder, runbook, q } = route.useSearch();
  const navigate = route.useNavigate();
  const close = () => void navigate({ search: (before) => ({ ...before, folder: undefined, runbook: undefined }) });
  return (
    <div className="relative flex min-h-0 grow flex-col border-t">
      <div className="min-h-0 grow overflow-y-auto">
        <div className="flex max-w-5xl flex-col gap-8 px-3 py-4">
          <Section title={messages.try} actions={<ExportKnowledge />}>
            <TryRetrieval text={q ?? ''} onText={(text) => void navigate({ search: (before) => ({ ...before, q: text || undefined }), replace: true })} />
          </Section>
          {knowledge.error !== null && <ErrorNotice what={messages.notRead} error={knowledge.error} onRetry={() => knowledge.refetch()} />}
          {knowledge.isPending && <SkeletonLines widths={['30%', '60%', '55%', '62%']} />}
          {knowledge.data !== undefined && <Parts knowledge={knowledge.data} />}
        </div>
      </div>
      {folder !== undefined && runbook !== undefined && <RunbookPanel key={`${folder}/${runbook}`} folder={folder} runbook={runbook} onClose={close} />}
    </div>
  );
}

function Parts({ knowledge: { folders, resolved } }: { knowledge: KnowledgeOverview }) {
  const messages = useMessages().knowledge;
  return (
    <>
      <Section title={messages.runbooks}>
        <div className="flex flex-col gap-6">
          {folders.map((folder) => (
            <Folder key={folder.folder} folder={folder} />
          ))}
        </div>
      </Section>
      <Section title={messages.resolved}>
        <ResolvedIssues resolved={resolved} />
      </Section>
    </>
  );
}

function Folder({ folder: { folder, files, writable, problem } }: { folder: RunbookFolder }) {
  const messages = useMessages().knowledge;
  const mayManage = useMay('ai:manage');
  return (
    <div>
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1">
        <code className="min-w-0 break-all font-mono text-code">{folder}</code>
        {!writable && <span className="text-soft">{messages.readOnly}</span>}
        {mayManage && writable && (
          <Link from="/ai/knowledge" to="/ai/knowledge" search={(before) => ({ ...before, folder, runbook: 'new' })} className={buttonStyles.plain}>
            {messages.add}
          </Link>
        )}
      </div>
      {problem !== null && <StatusMark state="critical" text={problem} />}
      {files.length === 0 && problem === null && <p className="text-soft">{messages.noRunbooks}</p>}
      {files.length > 0 && (
        <ul aria-label={folder} className="rounded border bg-surface">
          {files.map((file) => (
            <li key={file.path} className="flex flex-wrap items-baseline gap-x-4 border-b px-3 py-1.5 last:border-b-0">
              <Link
                from="/ai/knowledge"
                to="/ai/knowledge"
                search={(before) => ({ ...before, folder, runbook: file.path })}
                className="min-w-0 grow basis-56 break-words font-medium hover:underline"
              >
                {file.title}
              </Link>
              <code className="min-w-0 break-all font-mono text-code text-soft">{file.path}</code>
              {file.problem === null ? (
                <span className="text-soft">{messages.passages(file.passages, formatBytes(file.size))}</span>
              ) : (
                <StatusMark state="critical" text={file.problem} />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
