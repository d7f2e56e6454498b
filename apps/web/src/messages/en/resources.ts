const count = (n: number) => n.toLocaleString('en');

/** Lists of one kind. */
export const resources = {
  filter: (title: string) => `Filter ${title}`,
  couldNotList: (title: string) => `${title} could not be listed`,
  reading: (title: string) => `Reading ${title}…`,
  stillReading: 'Still reading',
  asOf: 'As of',
  reconnecting: 'reconnecting',
  empty: (title: string, where: string) => `There are no ${title}${where}.`,
  noMatch: (title: string, filter: string, where: string) => `No ${title} match “${filter}”${where}.`,
  within: (scope: string) => ` in ${scope}`,
  clearFilter: 'Clear filter',
  allNamespaces: 'Show all namespaces',
  selection: {
    label: 'Selection',
    selected: (n: number) => `${count(n)} selected`,
    hidden: (n: number) => `${count(n)} not in this list`,
    showAll: 'Show them',
    clear: 'Clear selection',
    selecting: 'Selecting…',
    failed: (reason: string) => `Not everything could be selected: ${reason}`,
    capped: (most: number) => `Only the first ${count(most)} are selected: narrow the filter.`,
  },
};
