import type { ResourceKind } from '@quarterdeck/contract';
import { Link, useLocation } from '@tanstack/react-router';
import { Box, ChevronRight, Database, KeyRound, type LucideIcon, Network, Puzzle, Server, Settings2, Shapes } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Middle } from '../../ui/middle.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { kindName, kindOfSlug, kindSlug, pluralLabel } from '../objects/object-key.ts';
import { useSession } from '../session/session.tsx';
import { type NavigationGroup, navigationGroups, standalone } from './navigation-groups.ts';
import { type Page, pages } from './pages.ts';

const icons: Record<ResourceKind['group'], LucideIcon> = {
  workloads: Box,
  network: Network,
  config: Settings2,
  storage: Database,
  cluster: Shapes,
  access: KeyRound,
  custom: Puzzle,
};

const entry =
  'flex h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-soft data-[status=active]:bg-selected data-[status=active]:font-medium';

interface NavigationProps {
  /** Icons alone; the groups open from the full form. */
  collapsed: boolean;
  onExpand(): void;
  onNavigate(): void;
}

export function Navigation({ collapsed, onExpand, onNavigate }: NavigationProps) {
  const { kinds, error } = useKinds();
  const messages = useMessages().navigation;
  const groups = navigationGroups(kinds);
  const alone = kinds.filter((kind) => standalone.includes(kindName(kind))).toSorted((a, b) => b.kind.localeCompare(a.kind));
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click bubbles from links, which have keys; the sheet closes after it.
    <nav
      aria-label={messages.label}
      className="flex flex-col gap-px p-2"
      onClick={(event) => event.target instanceof Element && event.target.closest('a') && onNavigate()}
    >
      <PageEntries place="first" collapsed={collapsed} />
      {groups.slice(0, 4).map((group) => (
        <Group key={group.id} group={group} kinds={kinds} collapsed={collapsed} onExpand={onExpand} />
      ))}
      {alone.map((kind) => (
        <Link key={kindName(kind)} to="/resources/$kind" params={{ kind: kindSlug(kind, kinds) }} search={{}} className={entry} title={pluralLabel(kind)}>
          <Entry icon={Server} label={pluralLabel(kind)} collapsed={collapsed} />
        </Link>
      ))}
      <PageEntries place="middle" collapsed={collapsed} />
      {groups.slice(4).map((group) => (
        <Group key={group.id} group={group} kinds={kinds} collapsed={collapsed} onExpand={onExpand} />
      ))}
      <hr className="my-1" />
      <PageEntries place="foot" collapsed={collapsed} />
      {error !== null && !collapsed && <p className="px-2 py-2 text-soft text-xs">{messages.kindsNotRead(error.message)}</p>}
    </nav>
  );
}

/** The pages of a place, with the number of issues beside theirs. */
function PageEntries({ place, collapsed }: { place: Page['place']; collapsed: boolean }) {
  const session = useSession();
  const messages = useMessages();
  const { state } = useIssuesFeed();
  return pages
    .filter((page) => page.place === place && page.when(session))
    .map(({ path, label, icon }) => (
      <Link key={path} to={path} search={{}} className={entry} title={label(messages)} activeOptions={{ exact: path === '/' }}>
        <Entry icon={icon} label={label(messages)} collapsed={collapsed}>
          {path === '/issues' && state !== null && <span className="ml-auto text-soft">{state.issues.size}</span>}
        </Entry>
      </Link>
    ));
}

function Entry({ icon: Icon, label, collapsed, children }: { icon: LucideIcon; label: string; collapsed: boolean; children?: ReactNode }) {
  return (
    <>
      <Icon aria-hidden="true" />
      <span className={collapsed ? 'sr-only' : 'truncate'}>{label}</span>
      {!collapsed && children}
    </>
  );
}

interface GroupProps {
  group: NavigationGroup;
  kinds: readonly ResourceKind[];
  collapsed: boolean;
  onExpand(): void;
}

/** Open where the page is one of its kinds, or where it was opened by hand; Workloads are open from the start. */
function Group({ group, kinds, collapsed, onExpand }: GroupProps) {
  const label = useMessages().navigation.groups[group.id];
  const path = useLocation({ select: (location) => location.pathname });
  const here = kindOfSlug(decodeURIComponent(path.replace('/resources/', '')), kinds);
  const holdsPage = path.startsWith('/resources/') && here !== undefined && [...group.kinds, ...group.rest].includes(here);
  const [choice, setChoice] = useState<boolean | null>(null);
  const open = !collapsed && (choice ?? (holdsPage || group.id === 'workloads'));
  return (
    <div>
      <button
        type="button"
        className={entry}
        aria-expanded={open}
        title={label}
        onClick={() => {
          setChoice(!open);
          if (collapsed) onExpand();
        }}
      >
        <Entry icon={icons[group.id]} label={label} collapsed={collapsed}>
          <ChevronRight className={`ml-auto motion-safe:transition-transform duration-120 ${open ? 'rotate-90' : ''}`} aria-hidden="true" />
        </Entry>
      </button>
      {open && (
        <ul className="mt-px mb-1 flex flex-col gap-px">
          {group.kinds.map((kind) => (
            <KindEntry key={kindName(kind)} kind={kind} kinds={kinds} />
          ))}
          {group.rest.length > 0 && <Rest group={group} kinds={kinds} holdsPage={here !== undefined && group.rest.includes(here)} />}
        </ul>
      )}
    </div>
  );
}

function KindEntry({ kind, kinds }: { kind: ResourceKind; kinds: readonly ResourceKind[] }) {
  const label = pluralLabel(kind);
  return (
    <li>
      <Link
        to="/resources/$kind"
        params={{ kind: kindSlug(kind, kinds) }}
        search={{}}
        className={`${entry} pl-8`}
        title={`${label} (${kind.apiVersion})`}
        aria-label={label}
      >
        <span className="min-w-0">
          <Middle text={label} />
        </span>
      </Link>
    </li>
  );
}

/** The kinds that few people look at, behind one quiet line. */
function Rest({ group, kinds, holdsPage }: { group: NavigationGroup; kinds: readonly ResourceKind[]; holdsPage: boolean }) {
  const messages = useMessages().navigation;
  const [choice, setChoice] = useState<boolean | null>(null);
  const open = choice ?? holdsPage;
  return (
    <>
      <li>
        <button type="button" className={`${entry} pl-8 text-soft`} aria-expanded={open} onClick={() => setChoice(!open)}>
          {open ? messages.fewer : messages.more(group.rest.length)}
        </button>
      </li>
      {open && group.rest.map((kind) => <KindEntry key={kindName(kind)} kind={kind} kinds={kinds} />)}
    </>
  );
}
