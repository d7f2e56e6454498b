import { actions } from './actions.ts';
import { common } from './common.ts';
import { dock } from './dock.ts';
import { objectActions } from './object-actions.ts';

/**
 * One file a feature, named after its folder. A text is a string, or a function of what it speaks of, so that each
 * language puts words and plurals in its own order. Other languages are held complete by the type of this one.
 */
export const en = {
  actions,
  common,
  dock,
  objectActions,
};

export type Messages = typeof en;
