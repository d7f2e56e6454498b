import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const storageRotateKey = defineCommand({
  name: 'storage rotate-key',
  summary: 'Encrypt the stored credentials with a new key',
  description:
    'Stop the workbench first. The key is in QUARTERDECK_KEY, in the file of QUARTERDECK_KEY_FILE, in the keychain of the system, or in storage.key of the state directory. In the environment, put the new key into QUARTERDECK_KEY and the old one into QUARTERDECK_KEY_PREVIOUS first.',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [['storage rotate-key', 'a new key, and everything encrypted with it']],
  async run(_input, context) {
    const [{ rotateKey }, { recordAct }, { keySourceHere, withStorage }, { withActs }] = await Promise.all([
      import('@quarterdeck/storage'),
      import('@quarterdeck/cluster'),
      import('../ledger/with-storage.ts'),
      import('../ledger/with-acts.ts'),
    ]);
    const source = await keySourceHere(context);
    const draft = { action: 'storage.rotateKey' as const, target: null, input: { source: source.name }, kubectl: null };
    const rotate = () => withStorage(context, 'server', ({ db }) => rotateKey(db, source));
    const { keyId, resealed } = await withActs(context, null, (acts) => recordAct(acts, draft, rotate, (rotated) => ({ detail: rotated })));
    context.err.write(`The key is ${keyId} now (in ${source.name}); ${resealed} credentials are encrypted with it.\n`);
    return 0;
  },
});
