import { always, type CommandSource } from './command.ts';

export const showKeys: CommandSource = ({ messages }) => [
  {
    id: 'show-keys',
    label: messages.commands.showKeys,
    group: 'help',
    keywords: ['shortcuts', 'keyboard', 'help'],
    shortcuts: ['?'],
    when: always,
    run: (context) => context.showKeys(),
  },
];
