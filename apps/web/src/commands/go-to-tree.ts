import type { Command } from './command.ts';

export const goToTree: Command = {
  id: 'go-to-tree',
  label: 'Resource tree',
  group: 'Go to',
  keywords: ['namespaces', 'workloads', 'containers', 'overview'],
  shortcuts: ['g t'],
  when: (context) => context.selected !== null,
  run: (context) => context.go.tree(),
};
