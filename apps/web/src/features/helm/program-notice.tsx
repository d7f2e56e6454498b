import { useMessages } from '../../messages/language.ts';
import { PageInset } from '../../ui/page-header.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { useHelmProgram } from './use-helm.ts';

/** What still works without a helm program, and how to get one; nothing where there is one, or where it would not matter. */
export function ProgramNotice() {
  const messages = useMessages().helm;
  const { data } = useHelmProgram();
  const mayWrite = useMay('helm.write');
  if (data?.state !== 'missing' || !mayWrite) return null;
  return (
    <PageInset>
      <div role="status" className="rounded border bg-surface p-3">
        <p className="font-medium">
          <StatusMark state="medium" text={messages.noProgram} />
        </p>
        <p className="mt-1 break-words">{data.reason}</p>
        {data.hint !== null && <p className="mt-1 break-words text-soft">{data.hint}</p>}
      </div>
    </PageInset>
  );
}
