import { FolderTree } from 'lucide-react';
import { ofKind } from '../object-actions/kinds-of.ts';
import type { ObjectAction } from '../object-actions/object-action.ts';
import { filesTab } from './files-tab.ts';

export const browseFiles: ObjectAction = {
  id: 'files',
  label: (messages) => messages.files.files,
  icon: FolderTree,
  shortcuts: [],
  permission: 'pod.files',
  group: 'use',
  many: false,
  appliesTo: ofKind('/Pod'),
  run: (targets, { dock }) => {
    for (const { object } of targets) dock.open(filesTab, { namespace: object.namespace ?? '', pod: object.name, path: '/' });
  },
};
