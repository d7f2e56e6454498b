import type { LoginSession } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age, Moment } from '../../ui/time.tsx';
import { useLoginSessions } from './use-account.ts';

/** Where the person is logged in; every other place can be logged out from here. */
export function SessionList() {
  const messages = useMessages().account;
  const { sessions, end } = useLoginSessions();
  const others = sessions.data?.filter(({ current }) => !current) ?? [];
  return (
    <section aria-labelledby="sessions-title">
      <div className="mb-2 flex items-center gap-3">
        <h2 id="sessions-title" className="grow font-medium text-md">
          {messages.sessions}
        </h2>
        {others.length > 0 && (
          <Button disabled={end.isPending} onClick={() => end.mutate(others.map(({ id }) => id))}>
            {messages.endOthers}
          </Button>
        )}
      </div>
      {sessions.error !== null && <ErrorNotice what={messages.sessionsNotRead} error={sessions.error} onRetry={() => sessions.refetch()} />}
      {end.error !== null && <ErrorNotice what={messages.notAllEnded} error={end.error} />}
      <ul>
        {sessions.data?.map((session) => (
          <SessionEntry key={session.id} session={session} busy={end.isPending} onEnd={() => end.mutate([session.id])} />
        ))}
      </ul>
    </section>
  );
}

function SessionEntry({ session, busy, onEnd }: { session: LoginSession; busy: boolean; onEnd(): void }) {
  const messages = useMessages().account;
  const what = messages.kinds[session.kind];
  return (
    <li className="flex items-start gap-3 border-t py-2">
      <div className="min-w-0 grow">
        <p className="font-medium">
          {session.address === null ? what : messages.at(what, session.address)}
          {session.current && (
            <span className="ml-2 font-normal">
              <StatusMark state="healthy" text={messages.thisOne} />
            </span>
          )}
        </p>
        <p className="break-words text-soft text-xs">
          {messages.used.before}
          <Age at={session.lastSeenAt} />
          {messages.used.after} · {messages.since} <Moment at={session.createdAt} />
          {session.userAgent !== null && ` · ${session.userAgent}`}
        </p>
      </div>
      {!session.current && (
        <Button disabled={busy} onClick={onEnd}>
          {messages.end}
        </Button>
      )}
    </li>
  );
}
