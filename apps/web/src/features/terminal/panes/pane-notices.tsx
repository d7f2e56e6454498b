import { type HealthState, type TerminalFinding, toAppError } from '@quarterdeck/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { BlockActions } from '../blocks/use-block-actions.ts';
import type { AttachedSession } from '../session/use-attached-session.ts';
import { useEndTerminal, type useTerminals } from '../session/use-terminals.ts';
import type { Pane } from './pane-layout.ts';

interface PaneNoticesProps {
  pane: Pane;
  attached: AttachedSession;
  started: { error: Error | null; again(): void };
  sessions: ReturnType<typeof useTerminals>;
  actions: BlockActions;
  /** Somebody wants to close the pane while something runs. */
  closing: boolean;
  insert(text: string): void;
  onChange(change: Partial<Pane>): void;
  onKeep(): void;
  onDetach(): void;
}

/** Below a terminal: why it does not go on, who types, what was found, and what can be done about each. */
export function PaneNotices(props: PaneNoticesProps) {
  const { pane, attached, started, sessions, onChange } = props;
  const messages = useMessages().terminal;
  const { state } = attached;
  const anew = () => onChange({ session: null, start: { ...pane.start, ...(state?.session.cwd == null ? {} : { cwd: state.session.cwd }) } });
  if (started.error !== null && pane.session === null) {
    return (
      <div className="border-t p-2">
        <ErrorNotice what={messages.notStarted} error={started.error} onRetry={started.again} />
      </div>
    );
  }
  if (sessions.error !== null && state === null) {
    return (
      <div className="border-t p-2">
        <ErrorNotice what={messages.notListed} error={toAppError(sessions.error)} onRetry={() => sessions.refetch()} />
      </div>
    );
  }
  if (pane.session !== null && sessions.isFetched && !sessions.isFetching && state === null) {
    return (
      <Notice state="missing" text={messages.gone}>
        <Button onClick={anew}>{messages.startHere}</Button>
      </Notice>
    );
  }
  return state === null ? null : <SessionNotices {...props} state={state} anew={anew} />;
}

type SessionNoticesProps = PaneNoticesProps & { state: NonNullable<AttachedSession['state']>; anew(): void };

function SessionNotices({ attached, state, closing, actions, insert, onKeep, onDetach, anew }: SessionNoticesProps) {
  const messages = useMessages().terminal;
  const end = useEndTerminal();
  const { session, notice } = state;
  const endNow = () => {
    onDetach();
    end.mutate(session.id);
  };
  if (closing) {
    return (
      <Notice state="high" text={messages.stillRuns(session.running ?? session.shell)}>
        <Button onClick={onKeep}>{messages.keepOpen}</Button>
        <Button onClick={onDetach}>{messages.detach}</Button>
        <Button look="danger" onClick={endNow}>
          {messages.endShell}
        </Button>
      </Notice>
    );
  }
  if (attached.displaced) {
    return (
      <Notice state="paused" text={messages.elsewhere}>
        <Button onClick={attached.showHere}>{messages.showHere}</Button>
      </Notice>
    );
  }
  if (session.state !== 'running') {
    const text = session.state === 'lost' ? messages.lost : messages.ended(session.exit?.code ?? null, session.exit?.signal ?? null);
    return (
      <Notice state={session.state === 'exited' && session.exit?.code === 0 ? 'scaledToZero' : 'critical'} text={text}>
        <Button look="primary" onClick={anew}>
          {messages.startHere}
        </Button>
        <Button onClick={endNow}>{messages.dismiss}</Button>
      </Notice>
    );
  }
  return (
    <>
      {!attached.live && <Waiting />}
      {!attached.types && (
        <Notice state="paused" text={messages.otherTypes}>
          <Button onClick={attached.takeOver}>{messages.takeOver}</Button>
        </Notice>
      )}
      {notice !== null && (
        <Notice state="medium" text={[notice.text, notice.hint ?? ''].join(' ').trim()}>
          <Button onClick={attached.dismissNotice}>{messages.dismiss}</Button>
        </Notice>
      )}
      <LatestFinding state={state} actions={actions} insert={insert} />
    </>
  );
}

/** Of the last command, when it has ended. */
function LatestFinding({ state, actions, insert }: Pick<SessionNoticesProps, 'state' | 'actions' | 'insert'>) {
  const messages = useMessages().terminal;
  const [dismissed, dismiss] = useState('');
  const finding: TerminalFinding | undefined = state.findings.at(-1);
  const last = state.blocks.at(-1);
  const block = state.blocks.find(({ id }) => id === finding?.block);
  if (finding === undefined || finding.id === dismissed || (block !== undefined && block !== last)) return null;
  return (
    <Notice state="medium" text={finding.title}>
      {finding.suggestion !== null && (
        <Button title={finding.suggestion} onClick={() => insert(finding.suggestion ?? '')}>
          {messages.insertFix}
        </Button>
      )}
      {block !== undefined && <Button onClick={() => actions.ask(block, finding)}>{messages.explain}</Button>}
      <Button onClick={() => dismiss(finding.id)}>{messages.dismiss}</Button>
    </Notice>
  );
}

/** A short cut is nothing to speak of. Milliseconds. */
const patience = 700;

function Waiting() {
  const messages = useMessages().terminal;
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return long && <Notice state="pending" text={messages.reconnecting} />;
}

function Notice({ state, text, children }: { state: HealthState; text: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-2 border-t bg-canvas px-3 py-1">
      <div role="status" className="min-w-0 grow break-words">
        <StatusMark state={state} text={text} />
      </div>
      {children}
    </div>
  );
}
