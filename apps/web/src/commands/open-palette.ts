import { always, type CommandSource } from './command.ts';

export const openPalette: CommandSource = ({ messages }) => [
  {
    id: 'open-palette',
    label: messages.commands.openPalette,
    group: 'help',
    keywords: [],
    shortcuts: ['Mod+k', ':'],
    listed: false,
    when: always,
    run: (context) => context.openPalette(),
  },
];
