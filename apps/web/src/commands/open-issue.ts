import { always, type Command, type CommandSource } from './command.ts';

export const openIssue: CommandSource = (context) =>
  context.issues.map(
    (issue): Command => ({
      id: `open-issue:${issue.id}`,
      label: issue.title,
      group: 'issues',
      keywords: [issue.kind, issue.name, issue.namespace ?? '', issue.severity],
      shortcuts: [],
      when: always,
      run: (later) => later.go.issue(issue.id),
    }),
  );
