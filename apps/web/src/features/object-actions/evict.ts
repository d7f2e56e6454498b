import { LogOut } from 'lucide-react';
import { ofKind } from './kinds-of.ts';
import type { ObjectAction } from './object-action.ts';
import { removalOf } from './removal.ts';

/** Deletes a pod where its disruption budgets allow it. */
export const evict: ObjectAction = {
  id: 'evict',
  label: (messages) => messages.objectActions.evict,
  icon: LogOut,
  shortcuts: [],
  permission: 'action.propose',
  group: 'remove',
  many: true,
  appliesTo: ofKind('/Pod'),
  run: (targets, { preview }) => preview(removalOf(targets, (target) => ({ verb: 'evict', target }))),
};
