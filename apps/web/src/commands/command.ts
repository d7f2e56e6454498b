import type { Cluster, Issue, ResourceKind, Session } from '@quarterdeck/contract';
import type { PagePath } from '../features/navigation/pages.ts';
import type { Messages } from '../messages/language.ts';
import type { Preferences } from '../preferences/preferences.ts';

/** All that a command may look at and do. Pages add their own commands with `useCommands`. */
export interface CommandContext {
  path: string;
  messages: Messages;
  preferences: Preferences;
  /** Who is there and what they may do. */
  session: Session;
  clusters: readonly Cluster[];
  selected: Cluster | null;
  kinds: readonly ResourceKind[];
  issues: readonly Issue[];
  /** Whether a drawer covers part of the page. */
  drawer: boolean;
  go: {
    page(path: PagePath): void;
    issue(id: string): void;
    kind(slug: string): void;
    closeDrawer(): void;
  };
  /** Where the list on the page is filtered; null where there is none. */
  filterBox(): { select(): void } | null;
  selectCluster(id: string): void;
  setPreferences(change: Partial<Preferences>): void;
  openPalette(): void;
  showKeys(): void;
}

/** Where the palette lists a command. */
export type CommandGroup = keyof Messages['commands']['groups'];

export interface Command {
  id: string;
  label: string;
  group: CommandGroup;
  /** Other words that find it in the palette. */
  keywords: readonly string[];
  /** Keys as `matchKeys` reads them: `g i`, `/`, `Mod+k`. Any of them runs it. */
  shortcuts: readonly string[];
  /** Whether the palette lists it; the keys work either way. */
  listed?: boolean;
  when(context: CommandContext): boolean;
  run(context: CommandContext): void;
}

/** A command, or one for each issue, kind or cluster that there is. */
export type CommandSource = (context: CommandContext) => readonly Command[];

export const always = (): boolean => true;
