import { History, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { MenuRadios } from '../../ui/menu-entries.tsx';
import { ContainerMenu } from './container-menu.tsx';
import { DisplayMenu } from './display-menu.tsx';
import { FindBox } from './find-box.tsx';
import { logStarts } from './log-subject.ts';
import { useLogView } from './log-view-context.ts';
import { MoreMenu } from './more-menu.tsx';
import { ToolbarMenu } from './toolbar-menu.tsx';
import type { useLogExport } from './use-log-export.ts';

interface LogToolbarProps {
  /** Whose log it is, where nothing above says it. */
  lead?: ReactNode;
  /** Other places for the view. */
  places?: ReactNode;
  download: ReturnType<typeof useLogExport>;
  onFind(forward: boolean): void;
}

/** What is read and how it is looked at. */
export function LogToolbar({ lead, places, download, onFind }: LogToolbarProps) {
  const { scroll } = useLogView();
  const { toolbar } = useMessages().logs;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-1 gap-y-1 border-line border-b px-2 py-1">
      {lead}
      <ContainerMenu />
      <StartMenu />
      <PreviousButton />
      <Button
        look="quiet"
        aria-pressed={scroll.following}
        title={toolbar.followHint}
        className="aria-pressed:bg-selected"
        onClick={() => (scroll.following ? scroll.stay() : scroll.follow())}
      >
        {toolbar.follow}
      </Button>
      <span className="grow" />
      <FindBox onGo={onFind} />
      <DisplayMenu />
      <MoreMenu exporting={download.pending} onExport={download.start} onCancel={download.cancel} />
      {places}
    </div>
  );
}

/** Around a line, what there is before and after it is read; from there it goes back to the latest. */
function StartMenu() {
  const { subject, change } = useLogView();
  const { toolbar } = useMessages().logs;
  if (subject.at !== null) {
    return (
      <Button look="quiet" title={toolbar.leaveAround} className="bg-selected" onClick={() => change({ at: null })}>
        <Undo2 className="text-soft" />
        {toolbar.around}
      </Button>
    );
  }
  return (
    <ToolbarMenu label={toolbar.from} value={toolbar.starts[subject.from]}>
      <MenuRadios
        label={toolbar.from}
        value={subject.from}
        options={logStarts.map((from) => ({ value: from, label: toolbar.starts[from] }))}
        onChange={(from) => change({ from })}
      />
    </ToolbarMenu>
  );
}

function PreviousButton() {
  const { subject, change } = useLogView();
  const { toolbar } = useMessages().logs;
  return (
    <Button
      look="quiet"
      aria-pressed={subject.previous}
      title={toolbar.previousHint}
      className="aria-pressed:bg-selected"
      onClick={() => change({ previous: !subject.previous, at: null })}
    >
      <History className="text-soft" />
      {toolbar.previous}
    </Button>
  );
}
