import type { BulkPreview } from '@quarterdeck/contract';
import * as z from 'zod';
import { changeInput, changeOptions, fileInput, fileOptions } from '../changes/change-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { errorText } from '../output/error-text.ts';
import { printable } from '../output/printable.ts';

const { kubeconfig, context, namespace } = changeInput;

/** As diff and kubectl end: 0 the same, 1 different, more where it could not be told. */
const different = 1;
const failed = 2;

export const diff = defineCommand({
  name: 'diff',
  summary: 'Show what applying files would change',
  description:
    'The server tries it and nothing is kept. Ends with 0 where nothing differs, 1 where something does, more where it failed. Values of Secrets are masked.',
  input: z.object({ kubeconfig, context, namespace, ...fileInput }),
  arguments: {},
  options: { ...fileOptions, namespace: changeOptions.namespace, kubeconfig: changeOptions.kubeconfig, context: changeOptions.context },
  examples: [['diff -f web.yaml', 'before applying it']],
  async run(input, commandContext) {
    try {
      const { withCluster } = await import('../changes/change-session.ts');
      const { readManifests } = await import('../changes/read-manifests.ts');
      const { previewChanges } = await import('@quarterdeck/cluster');
      return await withCluster({ ...input, dryRun: 'server' }, commandContext, async (session) => {
        const changes = await readManifests(session, input, { verb: 'apply' });
        return tell(await previewChanges(session.access, changes, commandContext.signal), commandContext);
      });
    } catch (thrown) {
      const { exitCode, toAppError } = await import('@quarterdeck/contract');
      const error = toAppError(thrown);
      if (exitCode[error.code] !== different) throw thrown;
      commandContext.err.write(errorText(error, commandContext.environment));
      return failed;
    }
  },
});

async function tell({ items }: BulkPreview, { out, err, environment }: CommandContext): Promise<number> {
  const { AppError } = await import('@quarterdeck/contract');
  let code = 0;
  for (const item of items) {
    if (item.outcome === 'failed') {
      const { error, hint } = item.error;
      err.write(errorText(new AppError(item.error.code, error, hint === undefined ? {} : { hint }), environment));
      code = failed;
      continue;
    }
    const { diff: shown, warnings, conflicts } = item.preview;
    out.write(shown.text);
    for (const warning of warnings) err.write(`Warning: ${printable(warning)}\n`);
    for (const { manager, fields, since } of conflicts) {
      err.write(`Conflict: ${printable(manager)} owns ${fields.join(', ')}${since === null ? '' : ` since ${since}`}.\n`);
    }
    if (shown.text !== '') code = Math.max(code, different);
  }
  return code;
}
