import { CornerLeftUp } from 'lucide-react';
import { notify } from '../../ui/notify.ts';
import { controllerIn } from '../objects/object-metadata.ts';
import { ofKind } from './kinds-of.ts';
import type { ActionTarget, ObjectAction, ObjectActionContext } from './object-action.ts';

export const goToOwner: ObjectAction = {
  id: 'owner',
  label: (messages) => messages.objectActions.owner,
  icon: CornerLeftUp,
  shortcuts: ['J'],
  permission: null,
  group: 'look',
  many: false,
  appliesTo: ofKind('/Pod', 'apps/ReplicaSet', 'batch/Job', 'discovery.k8s.io/EndpointSlice', 'apps/ControllerRevision', '/PersistentVolumeClaim'),
  run: (targets, context) => {
    for (const target of targets) void openOwner(target, context);
  },
};

async function openOwner({ object }: ActionTarget, { read, openObject, messages }: ObjectActionContext): Promise<void> {
  const { noOwner, ownerNotRead } = messages.objectActions;
  try {
    const owner = controllerIn(await read(object), object.namespace);
    if (owner === null) notify({ text: noOwner(object.name) });
    else openObject(owner);
  } catch (thrown) {
    notify({ text: ownerNotRead(object.name), detail: thrown instanceof Error ? thrown.message : String(thrown), state: 'critical' });
  }
}
