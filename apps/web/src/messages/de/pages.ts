import type { Messages } from '../en/index.ts';

export const pages: Messages['pages'] = {
  overview: 'Übersicht',
  issues: 'Probleme',
  tree: 'Ressourcenbaum',
  helm: 'Helm',
  actions: 'Aktionen',
  audit: 'Protokoll',
  settings: 'Einstellungen',
  access: 'Rechte',
  account: 'Konto',
  users: 'Benutzer',
  roles: 'Rollen von Personen',
};
