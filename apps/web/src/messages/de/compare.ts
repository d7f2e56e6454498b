import type { Messages } from '../en/index.ts';

export const compare: Messages['compare'] = {
  title: 'Vergleichen',
  note: 'Ohne Status, Besitzer und das, womit der Cluster zählt.',
  left: 'Links',
  right: 'Rechts',
  cluster: 'Cluster',
  object: 'Objekt',
  objectNote: 'Art, Namespace und Name: Deployment.apps/shop/web',
  badAddress: 'Das ist keine Adresse eines Objekts: Deployment.apps/shop/web.',
  show: 'Vergleichen',
  swap: 'Seiten tauschen',
  same: 'Beide sind gleich.',
  choose: 'Nennen Sie zwei Objekte: gleichen oder anderen Namens, Namespaces oder Clusters.',
  notRead: (side) => `${side} konnte nicht gelesen werden`,
};
