import type { TerminalSession } from '@quarterdeck/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../session/session.tsx';
import { newLayout, type PaneLayout, paneLayoutSchema, paneOf, panesOf, withPane } from './panes/pane-layout.ts';
import { TerminalWorkspace } from './panes/terminal-workspace.tsx';
import { SessionList } from './session/session-list.tsx';
import { NoTerminals } from './terminal-panel.tsx';

const storageKey = 'quarterdeck.terminal-page';

/** All shells of the person, and those that are looked at, over the whole page. */
export function TerminalPage() {
  const { terminal: messages, pages } = useMessages();
  const may = useMay('terminal.open');
  const navigate = useNavigate();
  const wanted = useSearch({ strict: false, select: (search) => search.session });
  const [layout, setLayout] = useState(restore);
  useEffect(() => sessionStorage.setItem(storageKey, JSON.stringify(layout)), [layout]);
  const shown = layout === null ? undefined : (paneOf(layout, layout.active)?.session ?? undefined);
  useEffect(() => {
    if (wanted !== undefined) setLayout((before) => withSession(before, wanted));
  }, [wanted]);
  const told = useRef(shown);
  useEffect(() => {
    // What is started or chosen in a pane belongs to the address from then on; what the address says is shown by the effect above.
    if (shown === told.current) return;
    told.current = shown;
    if (shown !== undefined) void navigate({ to: '/terminal', search: (before) => ({ ...before, session: shown }), replace: true });
  }, [shown, navigate]);
  if (!may) return <NoTerminals />;
  const start = () => {
    setLayout(newLayout(crypto.randomUUID()));
    void navigate({ to: '/terminal', search: (before) => ({ ...before, session: undefined }) });
  };
  const show = ({ id }: TerminalSession) => void navigate({ to: '/terminal', search: (before) => ({ ...before, session: id }) });
  return (
    <div className="flex min-h-0 grow max-sm:flex-col">
      <div className="flex shrink-0 flex-col border-r max-sm:max-h-48 max-sm:border-r-0 max-sm:border-b sm:w-64">
        <PageHeader title={pages.terminal}>
          <span className="grow" />
          <Button onClick={start}>
            <Plus aria-hidden="true" />
            {messages.start}
          </Button>
        </PageHeader>
        <SessionList shown={layout === null ? [] : panesOf(layout.root).flatMap(({ session }) => (session === null ? [] : [session]))} onShow={show} />
      </div>
      {layout === null ? (
        <div className="grow">
          <Empty title={messages.none}>
            <Button look="primary" onClick={start}>
              {messages.newTerminal}
            </Button>
          </Empty>
        </div>
      ) : (
        <TerminalWorkspace
          layout={layout}
          visible
          restored={false}
          onLayout={setLayout}
          onNew={(first) => setLayout(newLayout(crypto.randomUUID(), first))}
          onEmpty={() => {
            setLayout(null);
            void navigate({ to: '/terminal', search: (before) => ({ ...before, session: undefined }), replace: true });
          }}
          onTitle={() => undefined}
        />
      )}
    </div>
  );
}

function restore(): PaneLayout | null {
  try {
    return paneLayoutSchema.nullable().parse(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null'));
  } catch {
    // Written by another version of the page.
    return null;
  }
}

/** The pane that shows the session becomes the active one; else the active one shows it. */
function withSession(layout: PaneLayout | null, session: string): PaneLayout {
  if (layout === null) return newLayout(crypto.randomUUID(), {}, session);
  const there = panesOf(layout.root).find((pane) => pane.session === session);
  if (there !== undefined) return { ...layout, active: there.id, zoomed: layout.zoomed === null ? null : there.id };
  return withPane(layout, layout.active, { session, start: {} });
}
