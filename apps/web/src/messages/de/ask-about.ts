import type { Messages } from '../en/index.ts';

export const askAbout: Messages['askAbout'] = {
  action: 'Danach fragen',
  objects: (count) => `Nach ${count} Objekten fragen`,
  object: (kind, name) => `Was sollte ich über ${kind} ${name} wissen? Ist damit alles in Ordnung?`,
  several: (count) => `Was sollte ich über diese ${count} Objekte wissen? Welche sind nicht in Ordnung?`,
  issue: (title) => `Warum passiert das, und was soll ich zuerst tun? ${title}`,
  evidence: (text) => `Was sagt das über die Ursache? ${text}`,
  event: (reason, kind, name) => `Was bedeutet das Ereignis ${reason} an ${kind} ${name}, und was soll ich tun?`,
  lines: (count) => (count === 1 ? 'Was bedeutet diese Zeile des Logs?' : `Was sagen diese ${count} Zeilen des Logs?`),
  yaml: 'Was bewirkt dieser Teil, und ist etwas daran falsch?',
  terminal: (failed) => (failed ? 'Warum ist dieser Befehl gescheitert, und was soll ich stattdessen ausführen?' : 'Was sagt diese Ausgabe?'),
  size: (kind, name) => `Welche Requests, Limits und Replicas passen zu ${kind} ${name}, und warum?`,
  word: (word) => `Was bedeutet „${word}“ hier, und was soll ich tun?`,
};
