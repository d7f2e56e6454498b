import { AppError, type Change } from '@quarterdeck/contract';
import * as z from 'zod';
import { type AnyCommand, defineCommand } from '../command.ts';
import { changeInput, changeOptions, selectionOptions, showInput, showOptions, yesInput, yesOptions } from './change-options.ts';

interface MetadataCommand {
  name: 'label' | 'annotate';
  summary: string;
  said: string;
  examples: readonly (readonly [string, string])[];
}

/** `qd label` and `qd annotate`: the words are objects first, then KEY=VALUE to set and KEY- to take away. */
export function metadataCommand({ name, summary, said, examples }: MetadataCommand): AnyCommand {
  return defineCommand({
    name,
    summary,
    description: 'Asks first in production.',
    input: z.object({
      ...changeInput,
      ...showInput,
      ...yesInput,
      words: z.array(z.string().min(1)),
      selector: z.string().min(1).optional(),
      all: z.boolean().default(false),
      overwrite: z.boolean().default(false),
      resourceVersion: z.string().min(1).optional(),
    }),
    arguments: {},
    rest: ['words', 'TYPE NAME … or TYPE/NAME …, then KEY=VALUE to set and KEY- to take away'],
    options: {
      overwrite: { description: 'Also where the key has another value' },
      resourceVersion: { value: 'version', description: 'Only where it did not change since' },
      ...selectionOptions,
      ...yesOptions,
      ...showOptions,
      ...changeOptions,
    },
    examples,
    async run(input, context) {
      const [{ runChanges, withCluster }, { confirmInProduction }, { selectTargets }] = await Promise.all([
        import('./change-session.ts'),
        import('./confirm-changes.ts'),
        import('./select-targets.ts'),
      ]);
      const { targets, entries } = splitWords(input.words);
      return withCluster(input, context, async (session) => {
        const { selector, all, overwrite, resourceVersion } = input;
        const only = resourceVersion === undefined ? {} : { resourceVersion };
        const selected = await selectTargets(session, { targets, all, selector });
        const changes = selected.map((target): Change => ({ verb: name, target, entries, overwrite, ...only }));
        await confirmInProduction(session, changes, name === 'label' ? 'Label' : 'Annotate', input);
        return runChanges(session, changes, Object.values(entries).every((value) => value === null) && name === 'label' ? 'unlabeled' : said);
      });
    },
  });
}

/** Throws VALIDATION_ERROR where nothing is set or taken away. */
export function splitWords(words: readonly string[]): { targets: string[]; entries: Record<string, string | null> } {
  const isEntry = (word: string) => word.includes('=') || word.endsWith('-');
  const first = words.findIndex(isEntry);
  if (first < 0) throw new AppError('VALIDATION_ERROR', 'Nothing is set.', { hint: 'Write KEY=VALUE to set, KEY- to take away.' });
  const wrong = words.slice(first).find((word) => !isEntry(word));
  if (wrong !== undefined) throw new AppError('VALIDATION_ERROR', `${wrong} is neither KEY=VALUE nor KEY-.`, { hint: 'Name the objects before the keys.' });
  const pairs = words.slice(first).map((word): [string, string | null] => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word.slice(0, -1), null] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  return { targets: words.slice(0, first), entries: Object.fromEntries(pairs) };
}
