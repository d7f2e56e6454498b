import type { Command, CommandContext, CommandSource } from './command.ts';
import { focusFilter } from './focus-filter.ts';
import { goBack } from './go-back.ts';
import { goToIssues } from './go-to-issues.ts';
import { goToKind } from './go-to-kind.ts';
import { goToPeople } from './go-to-people.ts';
import { goToTree } from './go-to-tree.ts';
import { openIssue } from './open-issue.ts';
import { openPalette } from './open-palette.ts';
import { showKeys } from './show-keys.ts';
import { switchCluster } from './switch-cluster.ts';
import { switchTheme } from './switch-theme.ts';

const single: readonly Command[] = [goToIssues, goToTree, focusFilter, goBack, openPalette, showKeys];
const sources: readonly CommandSource[] = [openIssue, goToKind, goToPeople, switchCluster, switchTheme];

/** The commands that apply now: the page's own first, so that its keys win. */
export function commandsFor(context: CommandContext, ofPage: readonly Command[]): readonly Command[] {
  const all = [...ofPage, ...single, ...sources.flatMap((source) => source(context))];
  return all.filter((command) => command.when(context));
}
