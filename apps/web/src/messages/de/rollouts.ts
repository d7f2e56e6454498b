import type { Messages } from '../en/index.ts';

export const rollouts: Messages['rollouts'] = {
  section: 'Revisionen',
  notRead: 'Die Revisionen konnten nicht gelesen werden',
  states: { progressing: 'wird ausgerollt', done: 'ausgerollt', failed: 'fehlgeschlagen', paused: 'angehalten' },
  counts: (updated, ready, desired) => `${updated} von ${desired} aktuell, ${ready} bereit`,
  progress: 'Fortschritt des Rollouts',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  restart: 'Neu starten',
  none: 'Es sind keine Revisionen aufbewahrt.',
  revision: (n) => `Revision ${n}`,
  current: 'aktuell',
  compare: 'Vergleichen',
  compareWith: (n) => `Mit Revision ${n} vergleichen`,
  from: 'Von',
  to: 'nach',
  same: 'Die Pod-Vorlagen sind gleich.',
  notCompared: 'Die Revisionen konnten nicht verglichen werden',
  copyDiff: 'Diff der Revisionen kopieren',
  goBack: 'Zu dieser zurück',
};
