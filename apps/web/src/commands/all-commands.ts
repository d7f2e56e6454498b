import type { Preferences } from '../preferences/preferences.ts';
import type { Command, CommandContext, CommandSource } from './command.ts';
import { focusFilter } from './focus-filter.ts';
import { goBack } from './go-back.ts';
import { goToKind } from './go-to-kind.ts';
import { goToPage } from './go-to-page.ts';
import { openIssue } from './open-issue.ts';
import { openPalette } from './open-palette.ts';
import { showKeys } from './show-keys.ts';
import { switchCluster } from './switch-cluster.ts';
import { switchPreference } from './switch-preference.ts';

const sources: readonly CommandSource[] = [goToPage, focusFilter, goBack, openPalette, showKeys, openIssue, goToKind, switchCluster, switchPreference];

/** The commands that apply now, with the keys that the person chose: the page's own first, so that its keys win. */
export function commandsFor(context: CommandContext, ofPage: readonly Command[]): readonly Command[] {
  return knownCommands(context, ofPage).filter((command) => command.when(context));
}

/** The same, and those that do not apply here. */
export function knownCommands(context: CommandContext, ofPages: readonly Command[]): readonly Command[] {
  const all = [...ofPages, ...sources.flatMap((source) => source(context))];
  return all.map((command) => ({ ...command, shortcuts: keysOf(command, context.preferences) }));
}

/** Without those of a single character where the person has switched them off. */
function keysOf({ id, shortcuts }: Command, { keys, letterKeys }: Preferences): readonly string[] {
  const chosen = keys[id] ?? shortcuts;
  return letterKeys ? chosen : chosen.filter((shortcut) => shortcut.split(' ').every((key) => key.length > 1));
}
