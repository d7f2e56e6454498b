import { defineCustomAnalyser } from '../model/analyser.ts';
import { objectStuckDeleting, stuckObject } from './deletion.ts';

/** Custom resources that a finalizer holds: their operator is gone, or cannot do what it must. */
export const customDeletionAnalyser = defineCustomAnalyser({
  id: 'custom-deletion',
  matches: () => true,
  reads: [],
  codes: [objectStuckDeleting],
  analyse: (object, view) => (object.metadata.namespace === undefined && view.scope !== null ? [] : stuckObject(object, view)),
});
