import type { Messages } from '../en/index.ts';

export const runs: Messages['runs'] = {
  section: 'Läufe',
  notRead: 'Die Läufe konnten nicht gelesen werden',
  none: 'Kein Lauf ist aufbewahrt.',
  noneNote: 'Beendete Jobs bleiben, soweit die Grenzen des CronJobs es sagen.',
  columns: { name: 'Job', state: 'Zustand', by: 'Ausgelöst durch', started: 'Begonnen', took: 'Dauer', pods: 'Completions' },
  schedule: 'Zeitplan',
  hand: 'Hand',
  now: 'Jetzt ausführen',
};
