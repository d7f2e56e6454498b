import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { commandsFor, knownCommands } from './all-commands.ts';
import type { Command, CommandContext } from './command.ts';
import { keyName, matchKeys } from './match-keys.ts';

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface CommandCenter {
  /** What can be run now. */
  commands(): readonly Command[];
  /** What can be run here or on a page that was open before: each command once. */
  known(): readonly Command[];
  run(command: Command): void;
  /** Adds a page's commands; returns what takes them away. */
  add(read: () => readonly Command[]): () => void;
}

const CenterContext = createContext<CommandCenter | null>(null);

/** Keys of a sequence are forgotten after this. */
const sequenceTime = 1_000;

export function CommandCenterProvider({ context, children }: { context: CommandContext; children: ReactNode }) {
  const latest = useRef(context);
  latest.current = context;
  const [pages] = useState(() => new Set<() => readonly Command[]>());
  const [left] = useState(() => new Map<string, Command>());
  const center = useMemo<CommandCenter>(
    () => ({
      commands: () => commandsFor(latest.current, ofPages(pages)),
      known() {
        const here = ofPages(pages);
        const all = knownCommands(latest.current, [...here, ...left.values()]);
        return [...new Map(all.toReversed().map((command) => [command.id, command])).values()].toReversed();
      },
      run: (command) => command.run(latest.current),
      add(read) {
        pages.add(read);
        return () => {
          for (const command of read()) left.set(command.id, command);
          pages.delete(read);
        };
      },
    }),
    [pages, left],
  );
  useKeyboard(center);
  return <CenterContext value={center}>{children}</CenterContext>;
}

/** The latest page first, so that its keys win. */
function ofPages(pages: ReadonlySet<() => readonly Command[]>): readonly Command[] {
  return [...pages].reverse().flatMap((read) => read());
}

export function useCommandCenter(): CommandCenter {
  const center = useContext(CenterContext);
  if (center === null) throw new Error('useCommandCenter needs a CommandCenterProvider above it.');
  return center;
}

/** Offers commands for as long as the component stands. They are read at the moment of use. */
export function useCommands(commands: readonly Command[]): void {
  const center = useCommandCenter();
  const latest = useRef(commands);
  latest.current = commands;
  const read = useCallback(() => latest.current, []);
  useEffect(() => center.add(read), [center, read]);
}

function useKeyboard(center: CommandCenter): void {
  useEffect(() => {
    let pending = '';
    let pendingSince = 0;
    const onKeyDown = (event: KeyboardEvent) => {
      const key = keyName(event);
      if (key === null || event.defaultPrevented || !listens(event.target, key)) return;
      const match = matchKeys(event.timeStamp - pendingSince < sequenceTime ? pending : '', key, center.commands());
      pending = match.pending;
      pendingSince = event.timeStamp;
      if (match.command === null) return;
      event.preventDefault();
      center.run(match.command);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [center]);
}

/** Letters belong to the field that has the focus, and to what floats above the page; Enter and Space to what can be pressed. */
function listens(target: EventTarget | null, key: string): boolean {
  if (key.startsWith('Mod+')) return true;
  if (!(target instanceof HTMLElement)) return true;
  if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]') !== null) return false;
  return (key !== 'Enter' && key !== 'Space') || target.closest('a, button, summary, [role="tab"]') === null;
}
