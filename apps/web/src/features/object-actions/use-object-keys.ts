import { always, type Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { type Messages, useMessages } from '../../messages/language.ts';
import type { ActionTarget } from './object-action.ts';
import { type ObjectActions, useObjectActions } from './use-object-actions.tsx';

/** The keys of what can be done with these objects, for as long as the component stands. Enter stays with the place: it opens what is pointed at. */
export function useObjectKeys(targets: readonly ActionTarget[]): void {
  const actions = useObjectActions();
  const messages = useMessages();
  useCommands(targets.length === 0 ? none : objectCommands(targets, actions, messages));
}

const none: readonly Command[] = [];

function objectCommands(targets: readonly ActionTarget[], actions: ObjectActions, messages: Messages): Command[] {
  const [first] = targets;
  const what = targets.length === 1 && first !== undefined ? first.object.name : messages.objectActions.menuOfMany(targets.length);
  return actions.of(targets).map((action) => ({
    id: `object:${action.id}`,
    label: `${action.label(messages, targets.length)}: ${what}`,
    group: 'here',
    keywords: [],
    shortcuts: action.shortcuts.filter((shortcut) => shortcut !== 'Enter'),
    when: always,
    run: () => actions.run(action, targets),
  }));
}
