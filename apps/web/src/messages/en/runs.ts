export const runs = {
  section: 'Runs',
  notRead: 'The runs could not be read',
  none: 'No run is kept.',
  noneNote: 'Jobs that have ended are kept as far as the history limits of the CronJob say.',
  columns: { name: 'Job', state: 'State', by: 'Started by', started: 'Started', took: 'Took', pods: 'Completions' },
  schedule: 'schedule',
  hand: 'hand',
  now: 'Run now',
};
