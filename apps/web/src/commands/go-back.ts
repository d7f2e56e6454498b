import type { Command } from './command.ts';

/** Esc: one level back. The drawer first, then from an issue to the list. */
export const goBack: Command = {
  id: 'go-back',
  label: 'One level back',
  group: 'Here',
  keywords: [],
  shortcuts: ['Escape'],
  listed: false,
  when: (context) => context.drawer || context.path.startsWith('/issues/'),
  run: (context) => (context.drawer ? context.go.closeDrawer() : context.go.issues()),
};
