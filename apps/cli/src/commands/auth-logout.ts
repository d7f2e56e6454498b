import { routes, toAppError } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const authLogout = defineCommand({
  name: 'auth logout',
  summary: 'Log out of the workbench, there and here',
  input: z.object({}),
  arguments: {},
  options: {},
  examples: [['auth logout', 'ends the login at once']],
  async run(_input, context) {
    const [{ callWorkbench }, { forgetLogin, readLogin }] = await Promise.all([
      import('../workbench/call-workbench.ts'),
      import('../workbench/stored-login.ts'),
    ]);
    const login = await readLogin(context);
    if (login === null) {
      context.out.write('You are logged in to no workbench.\n');
      return 0;
    }
    try {
      await callWorkbench(login, routes.logOut, {}, { fetch, signal: context.signal });
    } catch (thrown) {
      // What has ended there already needs no end; otherwise it is worth to be tried again.
      if (toAppError(thrown).code !== 'AUTH_REQUIRED') throw thrown;
    }
    await forgetLogin(context);
    context.out.write(`Logged out of ${login.url}.\n`);
    return 0;
  },
});
