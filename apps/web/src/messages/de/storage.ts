import type { Messages } from '../en/index.ts';

export const storage: Messages['storage'] = {
  notRead: 'Der Speicher konnte nicht gelesen werden',
  kept: (engine, size) => `${engine}, ${size}, in`,
  check: 'Prüfung',
  checkNow: 'Jetzt prüfen',
  checking: 'Jede Zeile wird geprüft…',
  notChecked: 'Der Speicher konnte nicht geprüft werden',
  whole: (rows) => `Alles ist, wie es geschrieben wurde; ${rows} Zeilen des Protokolls wurden gelesen`,
  damaged: 'Nicht alles ist, wie es geschrieben wurde. Die Workbench anhalten, diese Datei aufheben und die letzte Sicherung zurückspielen.',
  ledgerFault: (seq, message) => `Protokoll, Zeile ${seq}: ${message}`,
  unreadable: (name) => `Kein Schlüssel hier öffnet die Zugangsdaten ${name}: bitte neu eingeben.`,
  unfinished: (count) => (count === 1 ? 'Das Ende von 1 Handlung ist nicht bekannt.' : `Das Ende von ${count} Handlungen ist nicht bekannt.`),
  anchor: 'Anderswo aufgehoben, beweist dies später, dass davor nichts ausgetauscht wurde:',
  tables: 'Was es gibt',
  table: 'Tabelle',
  rows: 'Zeilen',
  backup: 'Sicherung',
  backupNote: 'Eine Sicherung ist eine stimmige Kopie, im laufenden Betrieb gemacht:',
  backupOfPostgres: 'Diese Datenbank wie die anderen ihres Servers sichern, mit pg_dump oder fortlaufender Archivierung.',
  copyCommand: 'Befehl kopieren',
};
