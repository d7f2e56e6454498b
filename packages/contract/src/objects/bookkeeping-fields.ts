/** Fields of `metadata` that the API server keeps for itself: nobody edits, copies or compares them. */
export const bookkeepingFields: readonly string[] = [
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
];
