import { always, type Command } from './command.ts';

export const openPalette: Command = {
  id: 'open-palette',
  label: 'Search or run',
  group: 'Help',
  keywords: [],
  shortcuts: ['Mod+k', ':'],
  listed: false,
  when: always,
  run: (context) => context.openPalette(),
};
