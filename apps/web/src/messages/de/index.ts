import type { Messages } from '../en/index.ts';
import { actions } from './actions.ts';
import { common } from './common.ts';
import { dock } from './dock.ts';
import { objectActions } from './object-actions.ts';

export const de: Messages = {
  actions,
  common,
  dock,
  objectActions,
};
