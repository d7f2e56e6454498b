import type { Messages } from '../en/index.ts';

export const dock: Messages['dock'] = {
  label: 'Ablage',
  open: 'Ablage öffnen',
  close: 'Ablage schließen',
  enlarge: 'Volle Höhe',
  shrink: 'Ein Drittel der Höhe',
  resize: 'Höhe der Ablage',
  closeTab: (title) => `${title} schließen`,
};
