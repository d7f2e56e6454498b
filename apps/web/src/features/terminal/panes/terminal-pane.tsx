import { useMessages } from '../../../messages/language.ts';
import { BlockGutter } from '../blocks/block-gutter.tsx';
import { CompletionPopup } from '../completion/completion-popup.tsx';
import { FindBar } from '../view/find-bar.tsx';
import { TerminalPlace } from '../view/terminal-place.tsx';
import { PaneBar } from './pane-bar.tsx';
import { PaneNotices } from './pane-notices.tsx';
import { PaneSide } from './pane-side.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { type TerminalPaneProps, useTerminalPane } from './use-terminal-pane.ts';

/** One shell: its bar, its screen with the marks of its commands, and what it asks or tells below it. */
export function TerminalPane(props: TerminalPaneProps) {
  const pane = useTerminalPane(props);
  const { view, attached, places, actions, insert, side } = pane;
  const { state } = attached;
  const drop = useFileDrop(state?.session.id ?? null, insert);
  return (
    <div className="@container flex min-h-0 min-w-0 grow flex-col" onFocusCapture={props.onActive} onPointerDown={props.onActive} {...drop.handlers}>
      <PaneBar
        {...props}
        attached={attached}
        side={side}
        rang={pane.rang}
        onSide={pane.setSide}
        onFind={() => pane.setFinding(true)}
        onDetach={props.onClose}
        onClose={pane.close}
      />
      {pane.finding && view !== null && (
        <FindBar
          onFind={(text, backwards) => view.find(text, backwards)}
          onClose={() => {
            view.endFind();
            pane.setFinding(false);
            view.focus();
          }}
        />
      )}
      <div className="relative flex min-h-0 grow">
        <TerminalPlace host={pane.host} gutter>
          {state !== null && <BlockGutter state={state} places={places} actions={actions} insert={insert} />}
          <PaneCompletion pane={pane} />
          {drop.over && <DropHint />}
        </TerminalPlace>
        {side !== null && state !== null && (
          <PaneSide name={side} state={state} places={places} actions={actions} insert={insert} onClose={() => pane.setSide(null)} onName={pane.setSide} />
        )}
      </div>
      {pane.bar(view)}
      <PaneNotices
        pane={props.pane}
        attached={attached}
        started={pane.started}
        sessions={pane.sessions}
        actions={actions}
        closing={pane.closing}
        insert={insert}
        onChange={props.onChange}
        onKeep={() => pane.setClosing(false)}
        onDetach={props.onClose}
      />
    </div>
  );
}

const encoder = new TextEncoder();

function PaneCompletion({ pane: { view, attached, completing, setCompleting } }: { pane: ReturnType<typeof useTerminalPane> }) {
  if (completing === null || view === null || attached.state === null) return null;
  const close = () => {
    setCompleting(null);
    view.focus();
  };
  const take = (keys: string) => {
    attached.write(encoder.encode(keys));
    close();
  };
  return <CompletionPopup view={view} session={attached.state.session.id} line={completing} onTake={take} onClose={close} />;
}

function DropHint() {
  const { dropHere } = useMessages().terminal;
  return <p className="pointer-events-none absolute inset-2 grid place-items-center rounded border-2 border-accent border-dashed bg-surface/85">{dropHere}</p>;
}
