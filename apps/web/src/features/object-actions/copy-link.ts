import { Link } from 'lucide-react';
import { stringifySearch } from '../../app/search.ts';
import { objectKey } from '../objects/object-key.ts';
import type { ObjectAction } from './object-action.ts';

export const copyLink: ObjectAction = {
  id: 'copy-link',
  label: (messages) => messages.objectActions.copyLink,
  icon: Link,
  shortcuts: [],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, { cluster, copy, messages }) => {
    const links = targets.map(({ object }) => `${location.origin}/${stringifySearch({ cluster, open: objectKey(object) })}`);
    copy(links.join('\n'), messages.objectActions.copiedLink);
  },
};
