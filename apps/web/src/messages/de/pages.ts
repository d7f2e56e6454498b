import type { Messages } from '../en/index.ts';

export const pages: Messages['pages'] = {
  overview: 'Übersicht',
  issues: 'Störungen',
  events: 'Events',
  alerts: 'Alarme',
  advice: 'Empfehlungen',
  fleet: 'Flotte',
  create: 'Anlegen',
  compare: 'Vergleichen',
  tree: 'Ressourcenbaum',
  topology: 'Topologie',
  helm: 'Helm',
  actions: 'Aktionen',
  audit: 'Protokoll',
  settings: 'Einstellungen',
  storage: 'Speicher',
  access: 'Rechte',
  account: 'Konto',
  users: 'Benutzer',
  assistant: 'Assistent',
  roles: 'Rollen von Personen',
};
