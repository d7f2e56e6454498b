import { createOffline, type GeneratedManifest, generateManifest, hasTemplate, kubernetesTools, withoutChanges } from '@quarterdeck/assistant';
import { AppError, type Change, exitCode } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import type { ChangeChoice } from '../changes/change-options.ts';
import { type ChangeSession, runChanges, withCluster } from '../changes/change-session.ts';
import { confirm, several } from '../changes/confirm.ts';
import type { CommandContext } from '../context.ts';
import { openModelsHere } from '../models/with-models.ts';
import { printable } from '../output/printable.ts';
import { painter } from '../output/style.ts';
import { askManifest } from './ask-model.ts';
import { askedCluster } from './asked-cluster.ts';

export interface DescribedChoice extends ChangeChoice {
  description: string;
  /** Create it, instead of printing it. */
  apply: boolean;
  yes: boolean;
  /** Who writes it; `either`: a model where no template makes it. */
  author: 'model' | 'template' | 'either';
}

/** Prints a manifest made from a description, checked against the cluster, or creates it. @returns the exit code */
export function createDescribed(choice: DescribedChoice, context: CommandContext): Promise<number> {
  return withCluster(choice, context, async (session) => {
    const made = await write(session, choice);
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

/** A model is asked only where no template makes it, or where the person wants it. */
async function write(session: ChangeSession, { description, author, ...choice }: DescribedChoice): Promise<GeneratedManifest> {
  const { access, context, namespace } = session;
  const byTemplate = () => generateManifest(access, description, { namespace, signal: context.signal });
  if (author === 'template' || (author === 'either' && hasTemplate(description, namespace))) return byTemplate();
  const models = await openModelsHere(context);
  const chain = models.chain('plans');
  if (chain === null) return { ...(await byTemplate()), refused: 'none was chosen, `qd model use MODEL` does' };
  const asked = askedCluster(access, { ...choice, namespace: undefined }, context);
  const cluster = withoutChanges(asked);
  const tools = kubernetesTools(cluster, context.now);
  const offline = createOffline({ cluster, tools, now: context.now });
  return askManifest({ cluster: access.id, asked: cluster, tools, offline, context }, { models, chain }, { access, description, namespace });
}

async function apply(made: GeneratedManifest, session: ChangeSession, { yes }: DescribedChoice): Promise<number> {
  const { objects, model } = made;
  if (model !== null) showBefore(made, session);
  const changes = objects.map((object): Change => {
    const { apiVersion, kind, metadata } = object;
    return { verb: 'create', target: { apiVersion, kind, namespace: metadata.namespace ?? null, name: metadata.name }, manifest: object };
  });
  await confirm(session, `Create ${several(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`))}?`, {
    yes: yes && model === null,
    namespace: session.namespace,
  });
  return runChanges(session, changes, 'created');
}

/** What a model wrote is read by a person before it is created: nobody says yes to it beforehand. */
function showBefore(made: GeneratedManifest, { context, choice }: ChangeSession): void {
  if (!context.input.isTerminal && choice.dryRun === 'none') {
    throw new AppError('VALIDATION_ERROR', 'A model wrote this, and nobody is there to read it.', {
      hint: 'Print it without --apply, read it, and create it with `qd create -f`.',
    });
  }
  const lines = yaml(made).split('\n');
  context.err.write(lines.map((line) => printable(line)).join('\n'));
}

function yaml({ objects }: GeneratedManifest): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join('');
}

/** What was assumed, repaired and found; on stderr, so that stdout is a manifest and nothing else. */
function notes({ template, model, refused, parameters, repaired, problems, unchecked }: GeneratedManifest, colour: boolean): string {
  const paint = painter(colour);
  const lines = [
    paint('bold', model === null ? `Template: ${template}` : `Written by ${model} and checked: read it before you use it`),
    ...(refused === null ? [] : [`No model wrote this: ${refused}`]),
    ...parameters.map(({ name, value, said }) => `  ${name}: ${value}${said ? '' : paint('dim', ' (assumed)')}`),
    ...repaired.map((sentence) => `Repaired: ${sentence}`),
    ...problems.map(
      ({ object, path, message, advice, code }) => `${advice ? 'Advice' : 'Problem'}: ${object}${path === null ? '' : ` ${path}`}: ${message} (${code})`,
    ),
    ...unchecked.map((sentence) => `Not checked: ${sentence}`),
  ];
  return `${lines.map((line) => (colour ? line : printable(line))).join('\n')}\n`;
}
