import type { Cluster, Issue, ResourceKind, Session } from '@quarterdeck/contract';
import type { Theme } from '../theme/theme.ts';

/** All that a command may look at and do. Pages add their own commands with `useCommands`. */
export interface CommandContext {
  path: string;
  /** Who is there and what they may do. */
  session: Session;
  clusters: readonly Cluster[];
  selected: Cluster | null;
  kinds: readonly ResourceKind[];
  issues: readonly Issue[];
  theme: Theme;
  /** Whether a drawer covers part of the page. */
  drawer: boolean;
  go: {
    issues(): void;
    issue(id: string): void;
    tree(): void;
    page(path: '/account' | '/admin/users' | '/admin/roles' | '/actions' | '/audit'): void;
    kind(slug: string): void;
    closeDrawer(): void;
  };
  selectCluster(id: string): void;
  setTheme(theme: Theme): void;
  openPalette(): void;
  showKeys(): void;
}

/** Where the palette lists a command. */
export type CommandGroup = 'Here' | 'Go to' | 'Issues' | 'Kinds' | 'Clusters' | 'Theme' | 'Help';

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

/** Commands that depend on what there is: one an issue, a kind, a cluster. */
export type CommandSource = (context: CommandContext) => readonly Command[];

export const always = (): boolean => true;
