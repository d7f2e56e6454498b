/** What helps by itself, and how it is turned off. */
export const assistance = {
  title: 'Assistance',
  note: 'What helps without being asked. It is chosen for this browser, and works without a model unless it says otherwise.',
  choose: 'Choose what helps by itself',
  explain: 'Explain words where one points at them (reasons, conditions, exit codes, lines of logs)',
  suggestions: 'Suggest fixes and missing parts in the YAML editor',
  modelSuggestions: 'Let a model suggest in the YAML editor as well, when asked with Alt \\',
  notices: 'Say in the corner when an issue appears',
  desktop: 'Say it on the desktop as well while this window is in the background',
  severity: 'From which severity on',
  severities: { critical: 'critical', high: 'high', medium: 'medium', low: 'low' },
  quiet: 'Quiet hours are those of the alerts.',
  toAlerts: 'Quiet hours and permission',
};
