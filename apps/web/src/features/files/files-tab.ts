import { FolderTree } from 'lucide-react';
import { lazy } from 'react';
import { defineDockTab } from '../dock/dock-tab.ts';
import { fileSubjectSchema } from './file-subject.ts';

export const filesTab = defineDockTab({
  type: 'files',
  subject: fileSubjectSchema,
  icon: FolderTree,
  title: ({ pod, container }) => (container === undefined ? pod : `${pod}/${container}`),
  Panel: lazy(async () => ({ default: (await import('./files-panel.tsx')).FilesPanel })),
});
