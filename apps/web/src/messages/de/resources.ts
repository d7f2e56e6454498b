import type { Messages } from '../en/index.ts';

const count = (n: number) => n.toLocaleString('de');

export const resources: Messages['resources'] = {
  filter: (title) => `${title} filtern`,
  couldNotList: (title) => `${title} konnten nicht aufgelistet werden`,
  reading: (title) => `${title} werden gelesen …`,
  stillReading: 'Wird noch gelesen',
  asOf: 'Stand',
  reconnecting: 'verbindet neu',
  empty: (title, where) => `Es gibt keine ${title}${where}.`,
  noMatch: (title, filter, where) => `Keine ${title}${where} passen zu „${filter}“.`,
  within: (scope) => ` in ${scope}`,
  clearFilter: 'Filter leeren',
  allNamespaces: 'Alle Namespaces zeigen',
  selection: {
    label: 'Auswahl',
    selected: (n) => `${count(n)} ausgewählt`,
    hidden: (n) => `${count(n)} nicht in dieser Liste`,
    showAll: 'Zeigen',
    clear: 'Auswahl aufheben',
    selecting: 'Wird ausgewählt …',
    failed: (reason) => `Nicht alles konnte ausgewählt werden: ${reason}`,
    capped: (most) => `Nur die ersten ${count(most)} sind ausgewählt: grenzen Sie den Filter ein.`,
  },
};
