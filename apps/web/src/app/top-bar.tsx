import { Link } from '@tanstack/react-router';
import { Flag, Menu as MenuIcon, Search } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { isMac } from '../commands/command-center.tsx';
import { printKeys } from '../commands/match-keys.ts';
import { AskButton } from '../features/assistant/ask-button.tsx';
import { ClusterSwitcher } from '../features/clusters/cluster-switcher.tsx';
import { useIssuesFeed } from '../features/issues/issues-feed.tsx';
import { NamespacePicker } from '../features/namespaces/namespace-picker.tsx';
import { PinButton } from '../features/overview/pin-button.tsx';
import { useSession } from '../features/session/session.tsx';
import { useMessages } from '../messages/language.ts';
import { Button, buttonStyles } from '../ui/button.tsx';

const AccountMenu = lazy(async () => ({ default: (await import('../features/session/account-menu.tsx')).AccountMenu }));

interface TopBarProps {
  colour: string;
  /** Opens the navigation where there is no room for it. */
  onMenu: (() => void) | null;
  onSearch(): void;
  onSelectCluster(id: string): void;
}

export function TopBar({ colour, onMenu, onSearch, onSelectCluster }: TopBarProps) {
  const { navigation, palette } = useMessages();
  const { mode } = useSession();
  return (
    <header className="flex h-[43px] shrink-0 items-center gap-1 border-b-[3px] bg-surface px-2" style={{ borderBottomColor: colour }}>
      {onMenu === null ? (
        <Link to="/" search={{}} aria-label={navigation.home} className="mr-1 ml-1 rounded">
          <img src="/favicon.svg" alt="" className="size-5" />
        </Link>
      ) : (
        <Button look="icon" aria-label={navigation.open} onClick={onMenu}>
          <MenuIcon />
        </Button>
      )}
      <ClusterSwitcher onSelect={onSelectCluster} />
      <div className="hidden sm:block">
        <NamespacePicker />
      </div>
      <span className="grow" />
      <button
        type="button"
        onClick={onSearch}
        className="flex h-7 min-w-7 items-center justify-center gap-2 rounded border border-line bg-canvas px-2 text-soft hover:bg-hover hover:text-ink lg:w-72 lg:justify-start"
      >
        <Search className="size-3.5" aria-hidden="true" />
        <span className="sr-only grow text-left lg:not-sr-only">{palette.label}</span>
        <kbd className="hidden font-sans text-xs lg:inline">{printKeys('Mod+k', isMac)}</kbd>
      </button>
      <PinButton />
      <IssueCount />
      <AskButton />
      {mode === 'team' && (
        <Suspense>
          <AccountMenu />
        </Suspense>
      )}
    </header>
  );
}

function IssueCount() {
  const { state, list } = useIssuesFeed();
  const { navigation } = useMessages();
  if (state === null) return null;
  const label = navigation.issues(list.length);
  const tone = list.some((issue) => issue.severity === 'critical') ? 'text-critical' : list.length > 0 ? 'text-high' : 'text-soft';
  return (
    <Link to="/issues" search={{}} aria-label={label} title={label} className={`${buttonStyles.quiet} ${tone}`}>
      <Flag aria-hidden="true" />
      {list.length}
    </Link>
  );
}
