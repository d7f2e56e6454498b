import { routes } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const authTokenRevoke = defineCommand({
  name: 'auth token revoke',
  summary: 'End one of your personal access tokens, at once',
  input: z.object({ id: z.string().min(1) }),
  arguments: { id: 'As `qd auth token list` has it' },
  options: {},
  examples: [['auth token revoke 0b9c…', 'that one']],
  async run({ id }, context) {
    const [{ callWorkbench }, { openWorkbench }] = await Promise.all([import('../workbench/call-workbench.ts'), import('../workbench/stored-login.ts')]);
    await callWorkbench(await openWorkbench(context), routes.revokeToken, { id }, { fetch, signal: context.signal });
    context.out.write(`Revoked token ${id}.\n`);
    return 0;
  },
});
