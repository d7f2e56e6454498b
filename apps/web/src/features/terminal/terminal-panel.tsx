import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { DockPanelProps } from '../dock/dock-tab.ts';
import { useMay } from '../session/session.tsx';
import { TerminalWorkspace } from './panes/terminal-workspace.tsx';
import { newTerminal, type TerminalSubject } from './terminal-subject.ts';

/** Shells on the machine of the workbench, in a tab of the dock. */
export function TerminalPanel({ subject, visible, restored, keep, open, mark, close }: DockPanelProps<TerminalSubject>) {
  const may = useMay('terminal.open');
  if (!may) return <NoTerminals />;
  return (
    <TerminalWorkspace
      layout={subject.layout}
      visible={visible}
      restored={restored}
      onLayout={(layout) => keep({ ...subject, layout })}
      onNew={(start) => open(newTerminal(start).subject)}
      onEmpty={close}
      onTitle={(title, next) => {
        if (title !== subject.title) keep({ ...subject, title });
        mark(next);
      }}
    />
  );
}

export function NoTerminals() {
  const messages = useMessages().terminal;
  return (
    <div className="p-4">
      <StatusMark state="paused" text={messages.mayNot} />
      <p className="mt-1 text-soft">{messages.mayNotHint}</p>
    </div>
  );
}
