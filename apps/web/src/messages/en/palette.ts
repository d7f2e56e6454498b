export const palette = {
  label: 'Search or run',
  placeholder: 'A page, kind, object, issue, cluster or command',
  nothing: 'Nothing has that name.',
  searching: 'Looking through the cluster…',
  notSearched: (message: string) => `The cluster could not be searched: ${message}`,
  keys: 'Keys that work here',
  onThisPage: 'On this page',
  everywhere: 'Everywhere',
  or: 'or',
  change: 'Change keys',
  lettersOff: 'Letters alone run nothing: that is switched off in the settings.',
};
