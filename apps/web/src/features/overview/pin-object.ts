import { Pin } from 'lucide-react';
import type { ObjectAction } from '../object-actions/object-action.ts';
import { objectKey } from '../objects/object-key.ts';
import { objectPlace } from './describe-place.ts';
import { turnPin } from './use-places.ts';

/** Keeps an object at hand on the overview. */
export const pinObject: ObjectAction = {
  id: 'pin',
  label: (messages) => messages.overview.pinObject,
  icon: Pin,
  shortcuts: [],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: () => true,
  run: (targets, { cluster, messages }) => {
    for (const { object } of targets) {
      const place = objectPlace(objectKey(object));
      if (place !== null) turnPin(cluster, place, messages.overview);
    }
  },
};
