import type { Messages } from '../en/index.ts';
import { actions } from './actions.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { dock } from './dock.ts';
import { issueDetail } from './issue-detail.ts';
import { navigation } from './navigation.ts';
import { objectActions } from './object-actions.ts';
import { objectDetail } from './object-detail.ts';
import { pages } from './pages.ts';
import { palette } from './palette.ts';
import { settings } from './settings.ts';
import { namespaces } from './namespaces.ts';
import { resources } from './resources.ts';
import { table } from './table.ts';
import { tree } from './tree.ts';

export const de: Messages = {
  actions,
  commands,
  common,
  dock,
  navigation,
  issueDetail,
  objectActions,
  objectDetail,
  pages,
  palette,
  settings,
  namespaces,
  resources,
  table,
  tree,
};
