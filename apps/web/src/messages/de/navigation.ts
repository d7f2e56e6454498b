import type { Messages } from '../en/index.ts';

export const navigation: Messages['navigation'] = {
  label: 'Hauptnavigation',
  sheet: 'Navigation',
  open: 'Navigation öffnen',
  showNames: 'Namen zeigen',
  showIcons: 'Nur Symbole zeigen',
  groups: {
    workloads: 'Workloads',
    network: 'Netzwerk',
    config: 'Konfiguration',
    storage: 'Speicher',
    cluster: 'Cluster',
    access: 'Zugriff',
    custom: 'Eigene',
  },
  fewer: 'Weniger',
  more: (count) => `Mehr (${count})`,
  kindsNotRead: (message) => `Die Arten dieses Clusters konnten nicht gelesen werden: ${message}`,
  home: 'Quarterdeck: Start',
  issues: (count) => (count === 1 ? '1 Störung' : `${count} Störungen`),
  notFound: 'Diese Seite gibt es nicht.',
  toStart: 'Zum Start',
};
