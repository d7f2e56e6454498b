import type { Session } from '@quarterdeck/contract';
import { always, type Command, type CommandContext, type CommandSource } from './command.ts';

interface Page {
  path: Parameters<CommandContext['go']['page']>[0];
  label: string;
  keywords: readonly string[];
  when(session: Session): boolean;
}

const isTeam = ({ mode }: Session): boolean => mode === 'team';
const manages = (session: Session): boolean => isTeam(session) && session.permissions.includes('identity.manage');

const pages: readonly Page[] = [
  { path: '/account', label: 'Account', keywords: ['password', 'tokens', 'sessions'], when: isTeam },
  { path: '/admin/users', label: 'Users', keywords: ['people', 'administration', 'access policy'], when: manages },
  { path: '/admin/roles', label: 'Roles of people', keywords: ['permissions', 'administration', 'access policy'], when: manages },
  {
    path: '/actions',
    label: 'Actions',
    keywords: ['previews', 'approvals', 'fixes', 'undo'],
    when: ({ permissions }) => permissions.includes('action.read'),
  },
  { path: '/audit', label: 'Audit', keywords: ['ledger', 'history', 'who did'], when: ({ permissions }) => permissions.includes('audit.read') },
];

/** The pages about people and what they did, for whoever may see them. */
export const goToPeople: CommandSource = ({ session, go }) =>
  pages
    .filter((page) => page.when(session))
    .map(
      ({ path, label, keywords }): Command => ({
        id: `go-to-${path}`,
        label,
        group: 'Go to',
        keywords,
        shortcuts: [],
        when: always,
        run: () => go.page(path),
      }),
    );
