import { type PersonalToken, routes } from '@quarterdeck/contract';
import * as z from 'zod';
import { defineCommand } from '../command.ts';
import { structured } from '../output/structured.ts';
import { textTable } from '../output/text-table.ts';

export const authTokenList = defineCommand({
  name: 'auth token list',
  summary: 'List your personal access tokens, without the tokens themselves',
  input: z.object({ output: z.enum(['table', 'json', 'yaml']).default('table') }),
  arguments: {},
  options: { output: { short: 'o', value: 'table|json|yaml', description: 'Form of the output (default: table)' } },
  examples: [['auth token list', 'which there are, and when each was used']],
  async run({ output }, context) {
    const [{ callWorkbench }, { openWorkbench }] = await Promise.all([import('../workbench/call-workbench.ts'), import('../workbench/stored-login.ts')]);
    const tokens = await callWorkbench(await openWorkbench(context), routes.listTokens, {}, { fetch, signal: context.signal });
    context.out.write(output === 'table' ? tokenTable(tokens) : structured(tokens, output));
    return 0;
  },
});

function tokenTable(tokens: readonly PersonalToken[]): string {
  const rows = tokens.map(({ id, name, hint, scopes, expiresAt, lastUsedAt }) => [id, name, `${hint}…`, lastUsedAt ?? 'never', expiresAt, scopes.join(',')]);
  return tokens.length === 0 ? 'You have no tokens.\n' : textTable([['ID', 'NAME', 'TOKEN', 'LAST USED', 'GOOD UNTIL', 'SCOPES'], ...rows]);
}
