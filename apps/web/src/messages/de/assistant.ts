import type { Messages } from '../en/index.ts';

export const assistant: Messages['assistant'] = {
  ask: 'Fragen',
  open: 'Den Assistenten fragen',
  close: 'Den Assistenten schließen',
  label: 'Assistent',
  wholePage: 'Die ganze Seite öffnen',
  resize: 'Breite des Assistenten',
  tabsLabel: 'Teile des Assistenten',
  tabs: { chat: 'Chat' },
};
