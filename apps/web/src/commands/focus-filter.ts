import type { CommandSource } from './command.ts';

export const focusFilter: CommandSource = ({ messages }) => [
  {
    id: 'focus-filter',
    label: messages.commands.focusFilter,
    group: 'here',
    keywords: ['search', 'find'],
    shortcuts: ['/'],
    when: ({ filterBox }) => filterBox() !== null,
    run: ({ filterBox }) => {
      // After the palette has closed and given the focus back.
      requestAnimationFrame(() => filterBox()?.select());
    },
  },
];
