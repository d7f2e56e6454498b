import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import type { DockMark, DockPanelProps } from '../dock/dock-tab.ts';
import { useMay } from '../session/session.tsx';
import { FindBar } from '../terminal/view/find-bar.tsx';
import { TerminalPlace } from '../terminal/view/terminal-place.tsx';
import { useTerminalQuestions } from '../terminal/view/use-terminal-questions.tsx';
import { useTerminalView } from '../terminal/view/use-terminal-view.ts';
import { zoomTerminals } from '../terminal/view/zoom.ts';
import { usePodFacts } from './pod-facts.ts';
import { ShellBar } from './shell-bar.tsx';
import type { ShellState } from './shell-connection.ts';
import { ShellEnd } from './shell-end.tsx';
import type { ShellSubject } from './shell-subject.ts';
import { useEndOfNodeDebug } from './use-end-of-node-debug.ts';
import { useShellSession } from './use-shell-session.ts';

type ShellMessages = ReturnType<typeof useMessages>['shells'];

/** A program in a container: it starts when the tab is first seen, goes on behind others, and says how it ended. */
export function ShellPanel(props: DockPanelProps<ShellSubject>) {
  const messages = useMessages().shells;
  const may = useMay('pod.exec');
  const cluster = useClusters().all?.find(({ id }) => id === props.cluster);
  if (!may) return <Refused text={messages.mayNot} hint={messages.mayNotHint} />;
  if (cluster?.readOnly === true) return <Refused text={messages.readOnly} hint={messages.readOnlyHint} />;
  return <RunningShell {...props} />;
}

function Refused({ text, hint }: { text: string; hint: string }) {
  return (
    <div className="p-4">
      <StatusMark state="paused" text={text} />
      <p className="mt-1 text-soft">{hint}</p>
    </div>
  );
}

function RunningShell({ subject, cluster, visible, restored, keep, open, mark }: DockPanelProps<ShellSubject>) {
  const messages = useMessages().shells;
  const host = useRef<HTMLDivElement>(null);
  const [attempt, setAttempt] = useState(0);
  const [finding, setFinding] = useState(false);
  const session = useRef({ write: (_: Uint8Array) => {}, resize: (_columns: number, _rows: number) => {} });
  const { bar, ...questions } = useTerminalQuestions();
  const view = useTerminalView(
    host,
    { label: messages.terminal(subject.pod), wanted: attempt > 0, visible, answers: true },
    {
      ...questions,
      onInput: (bytes) => session.current.write(bytes),
      onResize: ({ columns, rows }) => session.current.resize(columns, rows),
      onBell: () => undefined,
      keys: { find: () => setFinding(true), copy: () => false, zoom: zoomTerminals },
    },
  );
  const current = useShellSession(view, attempt, cluster, subject);
  session.current = current;
  const pod = usePodFacts({ cluster, namespace: subject.namespace, pod: subject.pod });
  const { state } = current;
  const over = state?.phase === 'ended' || state?.phase === 'failed';
  useEffect(() => {
    if (visible) setAttempt((before) => Math.max(1, before));
  }, [visible]);
  useEffect(() => {
    if (visible && !restored) view?.focus();
  }, [view, visible, restored]);
  useEffect(() => mark(markOf(state, messages)), [mark, state, messages]);
  const { refetch } = pod;
  useEffect(() => {
    // What became of the pod says why it ended.
    if (over) void refetch();
  }, [over, refetch]);
  useEndOfNodeDebug(cluster, subject, over);
  const again = (change: Partial<ShellSubject>) => {
    view?.say(messages.again);
    if (Object.keys(change).length > 0) keep({ ...subject, ...change });
    setAttempt((before) => before + 1);
    view?.focus();
  };
  return (
    <>
      <ShellBar
        subject={subject}
        state={state}
        pod={pod.data ?? null}
        onChange={again}
        onAnother={() => open({ ...subject, number: (subject.number ?? 1) + 1 })}
        onFind={() => setFinding(true)}
      />
      {finding && view !== null && (
        <FindBar
          onFind={(text, backwards) => view.find(text, backwards)}
          onClose={() => {
            view.endFind();
            setFinding(false);
            view.focus();
          }}
        />
      )}
      <TerminalPlace host={host} />
      {bar(view)}
      {over && <ShellEnd cluster={cluster} subject={subject} state={state} pod={pod} onAgain={again} onDebug={(added) => open({ mode: 'attach', ...added })} />}
    </>
  );
}

/** On the tab: whether something runs there. */
function markOf(state: ShellState | null, messages: ShellMessages): DockMark | null {
  if (state === null) return null;
  if (state.phase === 'opening') return { state: 'pending', text: messages.opening };
  if (state.phase === 'open') return { state: 'healthy', text: messages.connected };
  return state.phase === 'ended' && state.exitCode === 0 ? { state: 'scaledToZero', text: messages.ended(0) } : { state: 'missing', text: messages.over };
}
