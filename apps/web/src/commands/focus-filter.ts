import type { Command } from './command.ts';

function filterBox(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('main input[data-filter]');
}

export const focusFilter: Command = {
  id: 'focus-filter',
  label: 'Filter this list',
  group: 'Here',
  keywords: ['search', 'find'],
  shortcuts: ['/'],
  when: (context) => context.path === '/issues' || context.path === '/tree' || context.path === '/actions' || context.path.startsWith('/resources/'),
  run: () => {
    // After the palette has closed and given the focus back.
    requestAnimationFrame(() => filterBox()?.select());
  },
};
