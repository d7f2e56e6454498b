import type { Messages } from '../en/index.ts';

export const objectActions: Messages['objectActions'] = {
  menu: (name) => `Aktionen für ${name}`,
  menuOfMany: (count) => `Aktionen für ${count} Objekte`,
  open: 'Öffnen',
  copyName: 'Namen kopieren',
};
