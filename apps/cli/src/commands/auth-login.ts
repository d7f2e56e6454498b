import { AppError, routes } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';

export const authLogin = defineCommand({
  name: 'auth login',
  summary: 'Log in to a workbench of a team, for an hour',
  description:
    'The password is asked for, or read from standard input; it is never an argument. For clusters, see `qd login`. A program uses a token: `qd auth token create`.',
  input: z.object({ url: z.string().min(1), email: z.string().min(1).optional() }),
  arguments: { url: 'Where it is: https://workbench.example' },
  options: { email: { value: 'address', description: 'As whom (default: asked for)' } },
  examples: [
    ['auth login https://workbench.example', 'asks for e-mail address and password'],
    ['auth login https://workbench.example --email ada@example.org < password.txt', 'reads the password'],
  ],
  async run({ url, email }, context) {
    const [{ callWorkbench }, { workbenchUrl, writeLogin }] = await Promise.all([
      import('../workbench/call-workbench.ts'),
      import('../workbench/stored-login.ts'),
    ]);
    const origin = workbenchUrl(url);
    const credentials = { ...(await readCredentials(email, context)), as: 'token' as const };
    const { session, token, expiresAt } = await callWorkbench({ url: origin, token: null }, routes.logIn, credentials, { fetch, signal: context.signal });
    if (token === null)
      throw new AppError('UNSUPPORTED', `The workbench at ${origin} gives programs no token.`, { hint: 'Check `qd version` and that of the workbench.' });
    await writeLogin(context, { url: origin, user: session.user, token, expiresAt });
    context.out.write(`Logged in to ${origin} as ${session.user} until ${expiresAt}.\n`);
    return 0;
  },
});

async function readCredentials(email: string | undefined, { input }: Pick<CommandContext, 'input'>): Promise<{ email: string; password: string }> {
  if (input.isTerminal) return { email: email ?? (await input.ask('E-mail address: ')), password: await input.ask('Password (not shown): ', { hidden: true }) };
  if (email === undefined) {
    throw new AppError('VALIDATION_ERROR', 'It is not said who logs in.', { hint: 'Give --email where there is no terminal to ask on.' });
  }
  return { email, password: (await input.readAll()).replace(/\r?\n$/, '') };
}
