import type { Messages } from '../en/index.ts';

export const table: Messages['table'] = {
  select: (name) => `${name} auswählen`,
  selectAll: (total) => `Alle ${total.toLocaleString('de')} auswählen`,
  clearSelection: 'Auswahl aufheben',
  collapse: 'Zuklappen',
  expand: 'Aufklappen',
  newerChanges: (count) => `${count.toLocaleString('de')} neuere ${count === 1 ? 'Änderung' : 'Änderungen'}`,
  resize: (column) => `Breite von ${column}`,
  keys: {
    down: 'Nächste Zeile',
    up: 'Vorige Zeile',
    pageDown: 'Eine Seite weiter',
    pageUp: 'Eine Seite zurück',
    first: 'Erste Zeile',
    last: 'Letzte Zeile',
    open: 'Öffnen',
    expand: 'Aufklappen',
    collapse: 'Zuklappen',
    menu: 'Aktionen der Zeile',
    toggle: 'Zeile aus- oder abwählen',
    extendDown: 'Auswahl nach unten',
    extendUp: 'Auswahl nach oben',
    extendTo: 'Bis hierher auswählen',
    all: 'Alle passenden auswählen',
    clear: 'Auswahl aufheben',
  },
};
