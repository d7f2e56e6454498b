import type { Messages } from '../en/index.ts';

export const actions: Messages['actions'] = {
  preview: 'Was es bewirken würde',
  notPreviewed: 'Es konnte keine Vorschau erstellt werden',
};
