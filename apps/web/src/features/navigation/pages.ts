import type { Session } from '@quarterdeck/contract';
import type { LinkProps } from '@tanstack/react-router';
import {
  Activity,
  Bell,
  Cable,
  CircleAlert,
  CircleUser,
  Columns2,
  Container,
  Database,
  House,
  KeyRound,
  Lightbulb,
  ListChecks,
  ListTree,
  type LucideIcon,
  ScrollText,
  Settings,
  ShieldUser,
  Ship,
  Sparkles,
  SquarePlus,
  SquareTerminal,
  Users,
  Workflow,
} from 'lucide-react';
import type { Messages } from '../../messages/language.ts';

/** Addresses without a part that somebody must fill in. */
export type PagePath = Exclude<NonNullable<LinkProps['to']>, `${string}$${string}` | '.' | '..'>;

/** A page that one goes to: from the navigation, the palette and by keys. One line here for each. */
export interface Page {
  path: PagePath;
  label(messages: Messages): string;
  icon: LucideIcon;
  /** Other words that find it in the palette. */
  keywords: readonly string[];
  shortcuts: readonly string[];
  /** Where the navigation lists it: before the kinds, among them, at its foot; `account`: in the account's menu; `palette`: there alone. */
  place: 'first' | 'middle' | 'foot' | 'account' | 'palette';
  /** Whether this person has any use for it. */
  when(session: Session): boolean;
}

const everybody = () => true;
const isTeam = ({ mode }: Session): boolean => mode === 'team';
const manages = (session: Session): boolean => isTeam(session) && session.permissions.includes('identity.manage');

export const pages: readonly Page[] = [
  {
    path: '/',
    label: ({ pages }) => pages.overview,
    icon: House,
    keywords: ['start', 'home', 'dashboard', 'capacity', 'pins', 'changes'],
    shortcuts: ['g o'],
    place: 'first',
    when: everybody,
  },
  {
    path: '/issues',
    label: ({ pages }) => pages.issues,
    icon: CircleAlert,
    keywords: ['problems', 'incidents', 'broken'],
    shortcuts: ['g i'],
    place: 'first',
    when: everybody,
  },
  {
    path: '/events',
    label: ({ pages }) => pages.events,
    icon: Activity,
    keywords: ['warnings', 'what happened'],
    shortcuts: ['g e'],
    place: 'first',
    when: ({ permissions }) => permissions.includes('resource.read'),
  },
  {
    path: '/advice',
    label: ({ pages }) => pages.advice,
    icon: Lightbulb,
    keywords: ['lint', 'best practice', 'checks', 'policy'],
    shortcuts: ['g v'],
    place: 'first',
    when: ({ permissions }) => permissions.includes('issue.read'),
  },
  {
    path: '/tree',
    label: ({ pages }) => pages.tree,
    icon: ListTree,
    keywords: ['hierarchy', 'namespaces', 'workloads'],
    shortcuts: ['g t'],
    place: 'first',
    when: everybody,
  },
  {
    path: '/topology',
    label: ({ pages }) => pages.topology,
    icon: Workflow,
    keywords: ['map', 'graph', 'services', 'network', 'dependencies', 'policies'],
    shortcuts: ['g m'],
    place: 'first',
    when: everybody,
  },
  {
    path: '/helm',
    label: ({ pages }) => pages.helm,
    icon: Container,
    keywords: ['releases', 'charts', 'upgrade', 'rollback'],
    shortcuts: ['g h'],
    place: 'middle',
    when: ({ permissions }) => permissions.includes('helm.read'),
  },
  {
    path: '/ai',
    label: ({ pages }) => pages.assistant,
    icon: Sparkles,
    keywords: ['chat', 'ask', 'model', 'conversations'],
    shortcuts: ['g q'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('ai:chat'),
  },
  {
    path: '/terminal',
    label: ({ pages }) => pages.terminal,
    icon: SquareTerminal,
    keywords: ['shell', 'bash', 'zsh', 'console', 'sessions'],
    shortcuts: ['g `'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('terminal.open'),
  },
  {
    path: '/forwards',
    label: ({ forwards }) => forwards.title,
    icon: Cable,
    keywords: ['port-forward', 'ports', 'tunnel', 'localhost'],
    shortcuts: ['g f'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('pod.portForward'),
  },
  {
    path: '/alerts',
    label: ({ pages }) => pages.alerts,
    icon: Bell,
    keywords: ['rules', 'notifications', 'webhook', 'quiet hours'],
    shortcuts: ['g r'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('alert.read'),
  },
  {
    path: '/fleet',
    label: ({ pages }) => pages.fleet,
    icon: Ship,
    keywords: ['clusters', 'contexts', 'production', 'connect'],
    shortcuts: ['g c'],
    place: 'foot',
    when: everybody,
  },
  {
    path: '/create',
    label: ({ pages }) => pages.create,
    icon: SquarePlus,
    keywords: ['new', 'apply', 'template', 'wizard', 'deploy', 'yaml', 'paste'],
    shortcuts: ['g +'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('resource.write'),
  },
  {
    path: '/compare',
    label: ({ pages }) => pages.compare,
    icon: Columns2,
    keywords: ['diff', 'difference', 'side by side'],
    shortcuts: [],
    place: 'palette',
    when: everybody,
  },
  {
    path: '/actions',
    label: ({ pages }) => pages.actions,
    icon: ListChecks,
    keywords: ['previews', 'approvals', 'fixes', 'undo'],
    shortcuts: ['g a'],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('action.read'),
  },
  {
    path: '/access',
    label: ({ pages }) => pages.access,
    icon: KeyRound,
    keywords: ['rbac', 'roles', 'permissions', 'who can', 'may i', 'auth can-i'],
    shortcuts: [],
    place: 'foot',
    when: everybody,
  },
  {
    path: '/audit',
    label: ({ pages }) => pages.audit,
    icon: ScrollText,
    keywords: ['ledger', 'history', 'who did'],
    shortcuts: [],
    place: 'foot',
    when: ({ permissions }) => permissions.includes('audit.read'),
  },
  {
    path: '/settings',
    label: ({ pages }) => pages.settings,
    icon: Settings,
    keywords: ['preferences', 'theme', 'language', 'density', 'keys', 'shortcuts'],
    shortcuts: ['g ,'],
    place: 'foot',
    when: everybody,
  },
  {
    path: '/storage',
    label: ({ pages }) => pages.storage,
    icon: Database,
    keywords: ['database', 'backup', 'integrity', 'sqlite', 'postgres'],
    shortcuts: [],
    place: 'account',
    when: ({ permissions }) => permissions.includes('server.observe'),
  },
  {
    path: '/account',
    label: ({ pages }) => pages.account,
    icon: CircleUser,
    keywords: ['password', 'tokens', 'sessions'],
    shortcuts: [],
    place: 'account',
    when: isTeam,
  },
  {
    path: '/admin/users',
    label: ({ pages }) => pages.users,
    icon: Users,
    keywords: ['people', 'administration', 'access policy'],
    shortcuts: [],
    place: 'account',
    when: manages,
  },
  {
    path: '/admin/roles',
    label: ({ pages }) => pages.roles,
    icon: ShieldUser,
    keywords: ['permissions', 'administration', 'access policy'],
    shortcuts: [],
    place: 'account',
    when: manages,
  },
];
