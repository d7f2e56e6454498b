import { copyName } from './copy-name.ts';
import type { ObjectAction } from './object-action.ts';
import { openObject } from './open-object.ts';

/** In the order of the menus. */
export const allObjectActions: readonly ObjectAction[] = [openObject, copyName];
