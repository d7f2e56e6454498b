import type { Messages } from '../en/index.ts';

export const prompts: Messages['prompts'] = {
  title: 'Prompts',
  yours: 'Eigene Anweisungen und Gedächtnis',
  yoursNote: 'Nur für die eigene Person, für alle Unterhaltungen. Es geht mit jeder Frage mit, versiegelt wie alles andere: Geheimnisse gehen nie hinaus.',
  memoryNotRead: 'Die eigenen Anweisungen konnten nicht gelesen werden',
  instructions: 'Wie geantwortet werden soll',
  instructionsExample: 'Kurz. Erst die Befehle, dann die Erklärung.',
  facts: 'Was über die eigenen Systeme zu wissen ist, je Zeile eine Tatsache',
  factsExample: 'checkout läuft im Namespace shop\nredis gehört dem Zahlungsteam',
  save: 'Anweisungen speichern',
  clear: 'Beides leeren',
  saved: 'Gespeichert',
  notSaved: 'Das wurde nicht gespeichert',
  program: 'Prompts des Programms',
  programNote:
    'Sie sind Dateien mit einer Version und Teil des Programms: hier zu lesen, in seinem Quelltext zu ändern. Ein Lauf nennt die benutzten. Andere Wünsche gehören in die eigenen Anweisungen oben.',
  promptsNotRead: 'Die Prompts konnten nicht gelesen werden',
  intent: (intent) => (intent === 'all' ? 'vor jeder Unterhaltung' : `für: ${intent}`),
};
