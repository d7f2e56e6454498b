import { type ChainNode, refKey } from '@quarterdeck/contract';
import { useMemo, useState } from 'react';
import { always, type Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { type Messages, useMessages } from '../../messages/language.ts';
import type { ActionTarget } from '../object-actions/object-action.ts';
import { type ObjectActions, useObjectActions } from '../object-actions/use-object-actions.tsx';

const mostKeys = 9;

export function targetOf({ object, state }: Pick<ChainNode, 'object' | 'state'>): ActionTarget {
  return { object, state };
}

/** Each object that is there once, in the order in which the chains show them; the first nine have a number key. */
export function keyedNodes(chains: readonly (readonly ChainNode[])[]): ChainNode[] {
  const unique = new Map(chains.flat().flatMap((node) => (node.exists ? [[refKey(node.object), node] as const] : [])));
  return [...unique.values()].slice(0, mostKeys);
}

export interface ChainKeys {
  /** 1 to 9; null for what has no key. */
  numberOf(node: ChainNode): number | null;
  /** Spread on the element that holds an object: its keys work while the focus is in it. */
  holding(node: ChainNode): { 'data-chain': string; onFocus(): void; onBlur(): void };
}

/** Number keys go to an object on the chain; there the keys of what can be done with it work. */
export function useChainKeys(chains: readonly (readonly ChainNode[])[]): ChainKeys {
  const [held, setHeld] = useState<ChainNode | null>(null);
  const messages = useMessages();
  const actions = useObjectActions();
  const nodes = useMemo(() => keyedNodes(chains), [chains]);
  const ofHeld = held === null ? [] : objectCommands(targetOf(held), actions, messages);
  useCommands([...ofHeld, ...nodes.map((node, index) => focusCommand(node, index + 1, messages))]);
  return {
    numberOf: (node) => {
      const index = nodes.findIndex(({ object }) => refKey(object) === refKey(node.object));
      return index < 0 ? null : index + 1;
    },
    holding: (node) => ({ 'data-chain': refKey(node.object), onFocus: () => setHeld(node), onBlur: () => setHeld(null) }),
  };
}

function focusCommand({ object }: ChainNode, number: number, messages: Messages): Command {
  return {
    id: `chain-${number}`,
    label: messages.issueDetail.goToObject(object.kind, object.name),
    group: 'here',
    keywords: [object.kind, object.name],
    shortcuts: [String(number)],
    listed: false,
    when: always,
    run: () => {
      const place = document.querySelector(`[data-chain="${CSS.escape(refKey(object))}"] a`);
      if (place instanceof HTMLElement) place.focus();
    },
  };
}

function objectCommands(target: ActionTarget, actions: ObjectActions, messages: Messages): Command[] {
  return actions.of([target]).map((action) => ({
    id: `chain-object:${action.id}`,
    label: `${action.label(messages, 1)}: ${target.object.name}`,
    group: 'here',
    keywords: [],
    shortcuts: action.shortcuts,
    listed: false,
    when: always,
    run: () => actions.run(action, [target]),
  }));
}
