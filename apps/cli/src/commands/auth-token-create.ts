import { permissions, routes } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';

export const authTokenCreate = defineCommand({
  name: 'auth token create',
  summary: 'Make a personal access token for a program',
  description: 'The token goes to standard output, once. It may do what its scopes and its owner both may: see `qd auth whoami`.',
  input: z.object({
    name: z.string().min(1),
    scope: z.array(z.enum(permissions)).min(1),
    days: z.coerce.number('must be a number').int().min(1).max(366).default(90),
  }),
  arguments: { name: 'What it is for' },
  options: {
    scope: { short: 's', value: 'permission', repeatable: true, description: 'What it may do, as issue.read; may be repeated' },
    days: { value: 'number', description: 'How long it is good for (default: 90)' },
  },
  examples: [['auth token create ci -s session.read -s issue.read', 'for a program that looks at issues']],
  async run({ name, scope, days }, context) {
    const [{ callWorkbench }, { openWorkbench }] = await Promise.all([import('../workbench/call-workbench.ts'), import('../workbench/stored-login.ts')]);
    const workbench = await openWorkbench(context);
    const made = await callWorkbench(workbench, routes.createToken, { name, scopes: scope, expiresInDays: days }, { fetch, signal: context.signal });
    context.err.write(`Token ${made.id}, good until ${made.expiresAt}. It is not shown again.\n`);
    context.out.write(`${made.token}\n`);
    return 0;
  },
});
