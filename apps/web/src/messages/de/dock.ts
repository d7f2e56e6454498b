import type { Messages } from '../en/index.ts';

export const dock: Messages['dock'] = {
  label: 'Ablage',
  tabs: 'Reiter der Ablage',
  open: 'Ablage öffnen',
  close: 'Ablage schließen',
  enlarge: 'Volle Höhe',
  shrink: 'Geringere Höhe',
  resize: 'Höhe der Ablage',
  closeThis: 'Diesen Reiter schließen',
  closeTab: (title) => `${title} schließen`,
  inCluster: (title, cluster) => `${title}, in ${cluster}`,
  broken: 'Dieser Reiter kann nicht gezeigt werden',
};
