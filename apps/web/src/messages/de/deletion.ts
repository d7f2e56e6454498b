import type { Messages } from '../en/index.ts';

export const deletion: Messages['deletion'] = {
  deleteNamespaces: (what) => `${what} löschen, mit allem, was darin ist`,
  contents: (namespace) => `In ${namespace}`,
  contentsNotRead: (namespace) => `Der Inhalt von ${namespace} konnte nicht gezählt werden`,
  empty: 'Es ist nichts darin.',
  atLeast: (count) => `${count} oder mehr`,
  notSeen: (kinds) => `Nicht gezählt, weil es nicht aufgelistet werden darf: ${kinds}.`,
  forGood: 'Alles davon geht mit dem Namespace. Zurücknehmen bringt nur den Namespace wieder, leer.',

  terminating: 'Wird gelöscht',
  since: 'seit',
  heldBy: 'Es geht, sobald diese Finalizer entfernt sind:',
  waitsForPods: 'Es geht, sobald sein Node die Container beendet hat.',
  waitsForOwner: 'Nichts hält es: Es ist gleich weg.',
  finalizerNote: 'Wer einen Finalizer gesetzt hat, entfernt ihn nach dem Aufräumen. Gibt es dieses Programm nicht mehr, bleibt das Objekt für immer.',
  release: 'Finalizer entfernen',
  releaseTitle: (what) => `Finalizer von ${what} entfernen: Was sie aufräumen sollten, bleibt`,
};
