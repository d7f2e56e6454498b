import type { CommandSource } from './command.ts';

/** Esc: one level back. The drawer first, then from an issue to the list. */
export const goBack: CommandSource = ({ messages }) => [
  {
    id: 'go-back',
    label: messages.commands.goBack,
    group: 'here',
    keywords: [],
    shortcuts: ['Escape'],
    listed: false,
    when: (context) => context.drawer || context.path.startsWith('/issues/'),
    run: (context) => (context.drawer ? context.go.closeDrawer() : context.go.page('/issues')),
  },
];
