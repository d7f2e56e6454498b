/** What many pages say. */
export const common = {
  cancel: 'Cancel',
  close: 'Close',
  closeKey: 'Close (Esc)',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Try again',
  add: 'Add',
  remove: (name: string) => `Remove ${name}`,
  contentOf: (label: string) => `${label}, content`,
  /** The states of objects and the severities of issues. */
  states: {
    missing: 'missing',
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    pending: 'pending',
    healthy: 'healthy',
    scaledToZero: 'scaled to zero',
    paused: 'paused',
    unknown: 'unknown',
  },
};
