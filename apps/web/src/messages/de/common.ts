import type { Messages } from '../en/index.ts';

export const common: Messages['common'] = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  closeKey: 'Schließen (Esc)',
  copy: 'Kopieren',
  copied: 'Kopiert',
  retry: 'Erneut versuchen',
  add: 'Hinzufügen',
  remove: (name) => `${name} entfernen`,
  contentOf: (label) => `${label}, Inhalt`,
  states: {
    missing: 'fehlt',
    critical: 'kritisch',
    high: 'hoch',
    medium: 'mittel',
    low: 'niedrig',
    pending: 'wartet',
    healthy: 'gesund',
    scaledToZero: 'auf null skaliert',
    paused: 'angehalten',
    unknown: 'unbekannt',
  },
};
