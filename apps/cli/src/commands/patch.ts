import { readFile } from 'node:fs/promises';
import { AppError, type Change, patchTypes } from '@quarterdeck/contract';
import { parse } from 'yaml';
import * as z from 'zod';
import { changeInput, changeOptions, showInput, showOptions, yesInput, yesOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';

const patchSchema = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);

const input = z.object({
  ...changeInput,
  ...showInput,
  ...yesInput,
  targets: z.array(z.string().min(1)).min(1, 'is missing'),
  patch: z.string().min(1).optional(),
  patchFile: z.string().min(1).optional(),
  type: z.enum(patchTypes).default('strategic'),
  subresource: z.enum(['status', 'scale', 'resize']).optional(),
});

export const patch = defineCommand({
  name: 'patch',
  summary: 'Change some fields of an object',
  description: 'Custom resources take merge and JSON patches, not strategic ones. Asks first in production.',
  input,
  arguments: {},
  rest: ['targets', 'TYPE NAME, or TYPE/NAME'],
  options: {
    patch: { short: 'p', value: 'patch', description: 'The patch, as JSON or YAML' },
    patchFile: { value: 'file', description: 'A file with the patch' },
    type: { value: 'json|merge|strategic', description: 'The kind of the patch (default: strategic)' },
    subresource: { value: 'status|scale|resize', description: 'Change this part of the object' },
    ...yesOptions,
    ...showOptions,
    ...changeOptions,
  },
  examples: [
    [`patch deploy/web -p '{"spec":{"replicas":2}}'`, 'set one field'],
    [`patch cm/settings --type=json -p '[{"op":"remove","path":"/data/old"}]'`, 'take one away'],
  ],
  async run(typed, context) {
    const { runChanges, withCluster } = await import('../changes/change-session.ts');
    const { confirmInProduction } = await import('../changes/confirm-changes.ts');
    const { selectTargets } = await import('../changes/select-targets.ts');
    const body = await readPatch(typed);
    return withCluster(typed, context, async (session) => {
      const targets = await selectTargets(session, { targets: typed.targets });
      const changes = targets.map((target): Change => {
        const subresource = typed.subresource === undefined ? {} : { subresource: typed.subresource };
        return { verb: 'patch', target, patchType: typed.type, patch: body, ...subresource };
      });
      await confirmInProduction(session, changes, 'Patch', typed);
      return runChanges(session, changes, 'patched');
    });
  },
});

async function readPatch({ patch: text, patchFile }: z.output<typeof input>): Promise<z.output<typeof patchSchema>> {
  if ((text === undefined) === (patchFile === undefined)) {
    throw new AppError('VALIDATION_ERROR', 'Either --patch or --patch-file must be given.', { hint: 'Give one of them.' });
  }
  const parsed = patchSchema.safeParse(parseText(text ?? (await readFile(patchFile ?? '', 'utf8'))));
  if (parsed.success) return parsed.data;
  throw new AppError('VALIDATION_ERROR', 'The patch is neither an object nor a list of operations.', { hint: 'Write it as JSON or YAML.' });
}

/** Undefined for what can't be read. */
function parseText(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
