import type { Messages } from '../en/index.ts';

export const explain: Messages['explain'] = {
  means: (word) => `Was ${word} bedeutet`,
  reading: 'Wird nachgeschlagen',
  usually: 'Meist',
  look: 'Wo nachsehen',
  unknown: 'Dazu weiß die Diagnose nichts.',
  notRead: 'Es konnte nicht nachgeschlagen werden',
  byEngine: 'Von der Diagnose, ohne Modell',
  askModel: 'Ein Modell fragen',
  asking: 'Wird gefragt',
  stop: 'Anhalten',
  byModel: (model) => `Von ${model}`,
  noModel: 'Kein Modell hat geantwortet: Es ist keines eingerichtet.',
  addModel: 'Modell hinzufügen',
  notAsked: 'Das Modell wurde nicht gefragt',
  inAssistant: 'Im Assistenten fragen',
};
