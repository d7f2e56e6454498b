import { useMessages } from '../../messages/language.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useMcpAccess } from './use-mcp.ts';

/** What a program needs to ask this workbench: its address, and a token where there is one. */
export function McpAccess() {
  const messages = useMessages().mcp;
  const access = useMcpAccess();
  if (access.error !== null) return <ErrorNotice what={messages.notRead} error={access.error} onRetry={() => access.refetch()} />;
  if (access.data === undefined) return <SkeletonLines widths={['60%', '40%', '40%']} />;
  const { url, tokens } = access.data;
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-2xl text-soft">{tokens === null ? messages.teamNote : messages.accessNote}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1">
        <Line name={messages.address} shown={url} text={url} label={messages.copyAddress} />
        {tokens !== null && <Line name={messages.readToken} shown={messages.kept} text={tokens.read} label={messages.copyReadToken} />}
        {tokens !== null && <Line name={messages.proposeToken} shown={messages.kept} text={tokens.propose} label={messages.copyProposeToken} />}
      </dl>
    </div>
  );
}

function Line({ name, shown, text, label }: { name: string; shown: string; text: string; label: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="truncate text-soft" title={shown}>
        {shown}
      </dd>
      <dd>
        <CopyButton text={text} label={label} />
      </dd>
    </>
  );
}
