import type { Messages } from '../en/index.ts';

export const tree: Messages['tree'] = {
  title: 'Ressourcenbaum',
  filter: 'Baum filtern',
  asOf: 'Stand',
  readAgain: 'Neu lesen',
  couldNotRead: 'Der Baum konnte nicht gelesen werden',
  name: 'Name',
  kind: 'Art',
  state: 'Zustand',
  expandAll: 'Alles aufklappen',
  collapseAll: 'Alles zuklappen',
  empty: (scope) => `In ${scope} gibt es keine Workloads.`,
  noMatch: (scope, query) => `Nichts in ${scope} passt zu „${query}“.`,
};
