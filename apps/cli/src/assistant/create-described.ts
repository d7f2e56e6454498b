import { type GeneratedManifest, generateManifest } from '@quarterdeck/assistant';
import { type Change, exitCode } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import type { ChangeChoice } from '../changes/change-options.ts';
import { type ChangeSession, runChanges, withCluster } from '../changes/change-session.ts';
import { confirm, several } from '../changes/confirm.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';

export interface DescribedChoice extends ChangeChoice {
  description: string;
  /** Create it, instead of printing it. */
  apply: boolean;
  yes: boolean;
}

/** Prints a manifest made from a description, checked against the cluster, or creates it. @returns the exit code */
export function createDescribed(choice: DescribedChoice, context: CommandContext): Promise<number> {
  return withCluster(choice, context, async (session) => {
    const made = await generateManifest(session.access, choice.description, { namespace: session.namespace, signal: context.signal });
    context.err.write(notes(made, context.err.colour));
    if (!choice.apply) {
      context.out.write(yaml(made));
      return 0;
    }
    if (made.problems.some(({ advice }) => !advice)) {
      context.err.write('Nothing is created: the cluster would refuse it. Without --apply it is printed, to be corrected.\n');
      return exitCode.VALIDATION_ERROR;
    }
    return apply(made, session, choice);
  });
}

async function apply({ objects }: GeneratedManifest, session: ChangeSession, { yes }: DescribedChoice): Promise<number> {
  const changes = objects.map((object): Change => {
    const { apiVersion, kind, metadata } = object;
    return { verb: 'create', target: { apiVersion, kind, namespace: metadata.namespace ?? null, name: metadata.name }, manifest: object };
  });
  await confirm(session, `Create ${several(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`))}?`, { yes, namespace: session.namespace });
  return runChanges(session, changes, 'created');
}

function yaml({ objects }: GeneratedManifest): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join('');
}

/** What was assumed, repaired and found; on stderr, so that stdout is a manifest and nothing else. */
function notes({ template, parameters, repaired, problems, unchecked }: GeneratedManifest, colour: boolean): string {
  const paint = painter(colour);
  const lines = [
    paint('bold', `Template: ${template}`),
    ...parameters.map(({ name, value, said }) => `  ${name}: ${value}${said ? '' : paint('dim', ' (assumed)')}`),
    ...repaired.map((sentence) => `Repaired: ${sentence}`),
    ...problems.map(
      ({ object, path, message, advice, code }) => `${advice ? 'Advice' : 'Problem'}: ${object}${path === null ? '' : ` ${path}`}: ${message} (${code})`,
    ),
    ...unchecked.map((sentence) => `Not checked: ${sentence}`),
  ];
  return `${lines.map((line) => (colour ? line : printable(line))).join('\n')}\n`;
}
