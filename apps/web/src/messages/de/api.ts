import type { Messages } from '../en/index.ts';

export const api: Messages['api'] = {
  badAnswer: (route) => `Die Antwort des Servers auf ${route} hat nicht die vereinbarte Form.`,
  badAnswerHint: 'Laden Sie die Seite neu: Die Workbench wurde vielleicht aktualisiert.',
  cancelled: 'Die Anfrage wurde abgebrochen.',
  noAnswer: 'Die Workbench antwortet nicht.',
  noAnswerHint: 'Prüfen Sie, ob `npm start` in seinem Terminal noch läuft.',
  answered: (status) => `Die Workbench antwortete ${status}`,
};
