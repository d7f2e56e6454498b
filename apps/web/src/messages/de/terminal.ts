import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  tooMuchOutput: 'Es ist zu viel Ausgabe zum Vorlesen; gehen Sie die Zeilen von Hand durch.',
  link: (address) => `${address} (Strg oder ⌘ und Klick)`,
  find: 'In der Ausgabe suchen',
  findAbove: 'Voriger Treffer (Enter)',
  findBelow: 'Nächster Treffer (Umschalt Enter)',
  notFound: 'Nicht in der aufgehobenen Ausgabe',
  settings: 'Einstellungen des Terminals',
  larger: 'Größere Schrift',
  smaller: 'Kleinere Schrift',
  cursor: 'Cursor',
  cursors: { block: 'Block', bar: 'Strich', underline: 'Unterstrich' },
  cursorBlink: 'Der Cursor blinkt',
  colours: 'Farben',
  themes: { page: 'Wie die Seite', dark: 'Immer dunkel' },
  bell: 'Zeigen, wenn ein Programm klingelt',
  screenReader: 'Ausgabe vorlesen',
  paste: {
    title: (lines) => (lines === 1 ? 'Diese Zeile einfügen?' : `${lines} Zeilen einfügen?`),
    runsAtOnce: 'Das Programm weiß nicht, dass eingefügt wird: jede Zeile läuft, sobald sie da ist.',
    cleaned: 'Zeichen, die dem Terminal befehlen, wurden entfernt.',
    confirm: 'Einfügen',
    text: 'Was eingefügt wird',
  },
  leave: {
    title: 'Dieser Link führt zu',
    note: 'Den Text des Links hat das Programm gewählt, das ihn geschrieben hat.',
    confirm: 'Öffnen',
  },
  clipboard: {
    title: 'Ein Programm will dies in die Zwischenablage legen',
    confirm: 'Erlauben',
    refuse: 'Ablehnen',
  },
};
