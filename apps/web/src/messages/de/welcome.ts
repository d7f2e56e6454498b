import type { Messages } from '../en/index.ts';

export const welcome: Messages['welcome'] = {
  title: 'Willkommen',
  newHere: 'Neu hier?',
  setUp: 'In einer Minute einrichten',
  putAside: 'Jetzt nicht',
  chooseCluster: 'Einen Cluster wählen',
  clusters: 'Cluster',
  noCluster: 'Noch ist kein Cluster eingerichtet.',
  addKubeconfig: 'Eine Kubeconfig-Datei hinzufügen',
  sandbox: 'Kein Cluster zur Hand? Dies erzeugt einen echten lokalen mit defekten Workloads zum Ausprobieren:',
  copyCommand: 'Befehl kopieren',
  diagnosis: 'Sehen, was darin nicht geht',
  chooseFirst: 'Zuerst einen Cluster wählen.',
  checking: (name) => `${name} wird gelesen und nach Ursachen durchsucht…`,
  nothingBroken: 'Nichts ist gestört',
  broken: (count) => (count === 1 ? '1 Störung. Die Ursache:' : `${count} Störungen. Die schlimmste:`),
  notAllSeen: 'Nicht alles war zu sehen; die Seite der Störungen sagt, was und warum.',
  goOn: 'Weiter',
  open: 'Workbench öffnen',
  tutorial: 'Einführung machen',
};
