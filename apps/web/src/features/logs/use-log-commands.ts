import { type RefObject, useEffect, useRef } from 'react';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { useMay } from '../session/session.tsx';
import { contexts } from './display-menu.tsx';
import { timeForms } from './log-subject.ts';
import type { LogView } from './log-view-context.ts';

interface Options {
  root: RefObject<HTMLElement | null>;
  /** On a page of its own its keys work wherever the focus is. */
  page: boolean;
  visible: boolean;
  go(forward: boolean): void;
}

/** The keys of one log view. Several may stand on the page: they belong to the one that had the focus last. */
export function useLogCommands(view: LogView, { root, page, visible, go }: Options): void {
  const { commands } = useMessages().logs;
  const mayAsk = useMay('ai:chat');
  const isActive = useActive(root, page);
  const { cursor, lines, scroll, marks, subject, change, actions } = view;
  const line = lines[cursor.index];
  const command = (id: keyof typeof commands, shortcuts: readonly string[], run: () => void, listed = false): Command => ({
    ...{ id: `log-${id}`, label: commands[id], group: 'here', keywords: ['log'], shortcuts, listed, run },
    when: () => visible && isActive(),
  });
  const to = (index: number, extend = false) => {
    if (index < 0 || lines.length === 0) return;
    cursor.to(index, extend);
    scroll.stay();
    scroll.virtualizer.scrollToIndex(Math.min(index, lines.length - 1), { align: 'auto' });
  };
  // Without a cursor, keys begin at what is on screen.
  const at = cursor.index >= 0 ? cursor.index : (scroll.virtualizer.getVirtualItems().at(0)?.index ?? 0);
  const after = <Item>(items: readonly Item[], item: Item) => items[(items.indexOf(item) + 1) % items.length] ?? item;
  const field = (name: 'find' | 'filter') => () => requestAnimationFrame(() => root.current?.querySelector<HTMLInputElement>(`[data-log-${name}]`)?.select());
  useCommands([
    command('find', ['/'], field('find'), true),
    command('filter', ['F'], field('filter'), true),
    command('next', ['n'], () => go(true)),
    command('previous', ['N'], () => go(false)),
    command('down', ['j', 'ArrowDown'], () => to(cursor.index < 0 ? at : at + 1)),
    command('up', ['k', 'ArrowUp'], () => to(cursor.index < 0 ? at : Math.max(0, at - 1))),
    command('extendDown', ['J', 'Shift+ArrowDown'], () => to(at + 1, true)),
    command('extendUp', ['K', 'Shift+ArrowUp'], () => to(Math.max(0, at - 1), true)),
    command('start', ['g g', 'Home'], () => to(0)),
    command('end', ['G', 'End'], scroll.follow, true),
    command('mark', ['m'], () => line !== undefined && actions.toggleMark(line), true),
    command('nextMark', [']'], () => to(marks.from(cursor.index, true))),
    command('previousMark', ['['], () => to(marks.from(cursor.index, false))),
    command('expand', ['Enter', 'Space'], () => line !== undefined && actions.toggleExpanded(line)),
    command('copy', ['c'], () => cursor.index >= 0 && actions.copy(lines.slice(cursor.first, cursor.last + 1)), true),
    ...(mayAsk ? [command('ask', ['A'], () => cursor.index >= 0 && actions.ask(lines.slice(cursor.first, cursor.last + 1)), true)] : []),
    command('wrap', ['w'], () => change({ wrap: !subject.wrap }), true),
    command('times', ['t'], () => change({ time: after(timeForms, subject.time) }), true),
    command('context', ['C'], () => change({ context: after<number>(contexts, subject.context) }), true),
    command('previousRun', ['p'], () => change({ previous: !subject.previous, at: null }), true),
    command('history', ['H'], () => view.setHistory(true), true),
    ...(cursor.index < 0 ? [] : [command('leave', ['Escape'], cursor.clear)]),
  ]);
}

/** Whether the view had the focus last; menus and dialogs over it do not count. */
function useActive(root: RefObject<HTMLElement | null>, page: boolean): () => boolean {
  const active = useRef(page);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest('[role="dialog"], [role="menu"]') !== null) return;
      active.current = root.current?.contains(target) === true || (page && target === document.body);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [root, page]);
  return () => active.current;
}
