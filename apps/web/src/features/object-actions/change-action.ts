import type { ActionDraft, Change, ObjectRef } from '@quarterdeck/contract';
import type { ComponentType } from 'react';
import type { ActionFormProps, ActionTarget, ObjectAction } from './object-action.ts';

type Named = Pick<ObjectAction, 'id' | 'label' | 'icon' | 'shortcuts' | 'appliesTo'>;

const changes = { permission: 'action.propose', group: 'change', many: true } as const;

/** One step an object, in the order in which they were chosen. */
export function draftOf(targets: readonly ActionTarget[], change: (object: ObjectRef) => Change): ActionDraft {
  return { steps: targets.map(({ object }) => ({ change: change(object) })) };
}

/** An action that asks for nothing: it goes to the preview at once. */
export function changeAction({ change, ...action }: Named & { change(object: ObjectRef): Change }): ObjectAction {
  return { ...changes, ...action, run: (targets, context) => context.preview(draftOf(targets, change)) };
}

/** An action that asks before there is anything to preview. */
export function askingAction({
  Form,
  ...action
}: Named & Partial<Pick<ObjectAction, 'many' | 'group'>> & { Form: ComponentType<ActionFormProps> }): ObjectAction {
  return { ...changes, ...action, run: (targets, context) => context.ask(Form, targets) };
}
