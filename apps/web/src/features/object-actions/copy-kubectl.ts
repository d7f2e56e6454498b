import { groupOf, type ObjectRef } from '@quarterdeck/contract';
import { SquareTerminal } from 'lucide-react';
import type { ObjectAction } from './object-action.ts';

/** What shows the object in a shell: `kubectl -n shop get deployment.apps api -o yaml`. */
export function kubectlOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  const group = groupOf(apiVersion);
  const place = namespace === null ? '' : ` -n ${namespace}`;
  return `kubectl${place} get ${kind.toLowerCase()}${group === '' ? '' : `.${group}`} ${name} -o yaml`;
}

export const copyKubectl: ObjectAction = {
  id: 'copy-kubectl',
  label: (messages) => messages.objectActions.copyKubectl,
  icon: SquareTerminal,
  shortcuts: [],
  permission: null,
  group: 'look',
  many: true,
  appliesTo: () => true,
  run: (targets, { copy, messages }) => copy(targets.map(({ object }) => kubectlOf(object)).join('\n'), messages.objectActions.copiedCommand),
};
