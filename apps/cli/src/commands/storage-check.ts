import type { StorageReport } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { printable } from '../output/printable.ts';
import { structured } from '../output/structured.ts';

export const storageCheck = defineCommand({
  name: 'storage check',
  summary: 'Check the storage: its file, the ledger, and whether its credentials can be opened',
  description: 'Ends with 1 where something is wrong. QUARTERDECK_STORAGE=sqlite:FILE checks a backup.',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['storage check', 'all of it']],
  async run({ output }, context) {
    const [{ checkStorage, openSecretStore }, { keySourceHere, withStorage }, { reportText }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/act-text.ts'),
    ]);
    const report = await withStorage(context, 'guest', async (storage) =>
      checkStorage(storage, await openSecretStore(storage.db, await keySourceHere(context))),
    );
    context.out.write(output === 'text' ? `${damageText(report)}${reportText(report.ledger)}` : structured(report, output));
    return report.ok ? 0 : 1;
  },
});

function damageText({ engine, damage, unreadableSecrets }: StorageReport): string {
  const lines = [
    `storage: ${engine}${damage.length === 0 ? '' : ', damaged'}`,
    ...damage,
    ...unreadableSecrets.map((name) => `The credential ${name} can't be opened with the keys that are here.`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
