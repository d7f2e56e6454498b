export const explain = {
  /** Of the button on a word. */
  means: (word: string) => `What ${word} means`,
  reading: 'Looking it up',
  usually: 'Usually',
  look: 'Where to look',
  unknown: 'The engine has no words for this.',
  notRead: 'It could not be looked up',
  byEngine: 'From the engine, without a model',
  askModel: 'Ask a model',
  asking: 'Asking',
  stop: 'Stop',
  byModel: (model: string) => `From ${model}`,
  noModel: 'No model answered: none is set up.',
  addModel: 'Add a model',
  notAsked: 'The model was not asked',
  inAssistant: 'Ask in the assistant',
};
