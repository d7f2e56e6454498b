import { always, type Command } from './command.ts';

export const goToIssues: Command = {
  id: 'go-to-issues',
  label: 'Issues',
  group: 'Go to',
  keywords: ['problems', 'incidents', 'broken'],
  shortcuts: ['g i'],
  when: always,
  run: (context) => context.go.issues(),
};
