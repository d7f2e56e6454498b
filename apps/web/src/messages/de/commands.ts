import type { Messages } from '../en/index.ts';

export const commands: Messages['commands'] = {
  groups: { here: 'Hier', pages: 'Gehe zu', issues: 'Störungen', objects: 'Objekte', kinds: 'Arten', clusters: 'Cluster', look: 'Aussehen', help: 'Hilfe' },
  focusFilter: 'Diese Liste filtern',
  goBack: 'Eine Ebene zurück',
  openPalette: 'Suchen oder ausführen',
  showKeys: 'Tasten, die hier gelten',
  switchCluster: (name) => `Zu ${name} wechseln`,
  theme: (name) => `Farbschema: ${name}`,
  density: (name) => `Zeilenhöhe: ${name}`,
  language: (name) => `Sprache: ${name}`,
};
