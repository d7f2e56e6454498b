import type { Messages } from '../en/index.ts';

export const palette: Messages['palette'] = {
  label: 'Suchen oder ausführen',
  placeholder: 'Seite, Art, Objekt, Störung, Cluster oder Befehl',
  nothing: 'Nichts heißt so.',
  searching: 'Der Cluster wird durchsucht…',
  notSearched: (message) => `Der Cluster konnte nicht durchsucht werden: ${message}`,
  keys: 'Tasten, die hier gelten',
  onThisPage: 'Auf dieser Seite',
  everywhere: 'Überall',
  or: 'oder',
  change: 'Tasten ändern',
  lettersOff: 'Einzelne Buchstaben bewirken nichts: Das ist in den Einstellungen abgeschaltet.',
};
