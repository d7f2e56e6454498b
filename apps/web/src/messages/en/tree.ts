export const tree = {
  title: 'Resource tree',
  filter: 'Filter the tree',
  asOf: 'As of',
  readAgain: 'Read again',
  couldNotRead: 'The tree could not be read',
  name: 'Name',
  kind: 'Kind',
  state: 'State',
  expandAll: 'Expand all',
  collapseAll: 'Collapse all',
  empty: (scope: string) => `There are no workloads in ${scope}.`,
  noMatch: (scope: string, query: string) => `Nothing in ${scope} matches “${query}”.`,
};
