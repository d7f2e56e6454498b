import { always, type Command } from './command.ts';

export const showKeys: Command = {
  id: 'show-keys',
  label: 'Keys that work here',
  group: 'Help',
  keywords: ['shortcuts', 'keyboard', 'help'],
  shortcuts: ['?'],
  when: always,
  run: (context) => context.showKeys(),
};
