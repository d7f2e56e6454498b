/** What models are told. */
export const prompts = {
  title: 'Prompts',
  yours: 'Your instructions and memory',
  yoursNote: 'Yours alone, for all conversations. It is sent with each question, sealed like everything else: secrets never leave.',
  memoryNotRead: 'Your instructions could not be read',
  instructions: 'How you want to be answered',
  instructionsExample: 'Short. Commands first, explanation after.',
  facts: 'What it should know of your systems, a line a fact',
  factsExample: 'checkout runs in the namespace shop\nthe payments team owns redis',
  save: 'Save instructions',
  clear: 'Clear both',
  saved: 'Saved',
  notSaved: 'This was not saved',
  program: 'Prompts of the program',
  programNote:
    'They are files with a version and part of the program: read here, changed in its source. A run names those it used. What you want otherwise belongs into your instructions above.',
  promptsNotRead: 'The prompts could not be read',
  intent: (intent: string) => (intent === 'all' ? 'before every conversation' : `for: ${intent}`),
};
