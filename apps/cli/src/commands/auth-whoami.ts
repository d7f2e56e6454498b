import { type AccessPolicy, routes, type Session } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

export const authWhoami = defineCommand({
  name: 'auth whoami',
  summary: 'Say who you are at the workbench, what you may do and what you may see',
  input: z.object({ output: z.enum(['text', 'json', 'yaml']).default('text') }),
  arguments: {},
  options: { output: { short: 'o', value: 'text|json|yaml', description: 'Form of the output (default: text)' } },
  examples: [['auth whoami', 'of the login, or of QUARTERDECK_TOKEN']],
  async run({ output }, context) {
    const [{ callWorkbench }, { openWorkbench }] = await Promise.all([import('../workbench/call-workbench.ts'), import('../workbench/stored-login.ts')]);
    const workbench = await openWorkbench(context);
    const session = await callWorkbench(workbench, routes.getSession, {}, { fetch, signal: context.signal });
    context.out.write(output === 'text' ? sessionText(session, workbench.url) : structured(session, output));
    return 0;
  },
});

function sessionText({ user, name, organisations, organisation, permissions, policy, expiresAt }: Session, url: string): string {
  const role = organisations.find(({ id }) => id === organisation?.id)?.role;
  const rows: [string, string][] = [
    ['workbench', url],
    ['user', name === user ? user : `${user} (${name})`],
    ...(organisation === null ? [] : [['organisation', role === undefined ? organisation.name : `${organisation.name} (${role})`] satisfies [string, string]]),
    ['may', permissions.join(', ')],
    ['sees', policyText(policy)],
    ...(expiresAt === null ? [] : [['until', expiresAt] satisfies [string, string]]),
  ];
  return textTable(rows);
}

function policyText({ namespaces, kinds }: AccessPolicy): string {
  const named = (names: readonly string[], what: string) => (names.includes('*') ? `all ${what}` : names.length === 0 ? `no ${what}` : names.join(', '));
  return `${named(kinds, 'kinds')} in ${named(namespaces, 'namespaces')}`;
}
