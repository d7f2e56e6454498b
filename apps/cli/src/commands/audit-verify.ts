import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';

export const auditVerify = defineCommand({
  name: 'audit verify',
  summary: 'Check that every row of the ledger is as it was written',
  description:
    'Ends with 1 where it is not. Whoever may write the database could make a whole new ledger: keep the anchor that it prints elsewhere and give it back later, then that shows too.',
  input: z.object({ anchor: z.string().optional(), output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: {
    anchor: { value: 'SEQ:HASH', description: 'What an earlier check or the log of the workbench said' },
    output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' },
  },
  examples: [['audit verify', 'the chain from its first row to its last']],
  async run({ anchor, output }, context) {
    const [{ parseAnchor, verifyLedger }, { withStorage }, { reportText }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('../ledger/with-storage.ts'),
      import('../ledger/act-text.ts'),
    ]);
    const known = anchor === undefined ? null : parseAnchor(anchor);
    const report = await withStorage(context, 'guest', ({ db }) => verifyLedger(db, known));
    context.out.write(output === 'text' ? reportText(report) : structured(report, output));
    return report.ok ? 0 : 1;
  },
});
