import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { startWorkbench } from './harness/workbench.ts';

/** A server of somebody else, with a tool that may be called and one that may not. */
const program = `
const tools = [{ name: 'search_commits', description: 'Finds commits.', inputSchema: { type: 'object' } }, { name: 'push', description: 'Pushes.', inputSchema: { type: 'object' } }];
const answers = { initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'git', version: '1' } }), 'tools/list': () => ({ tools }) };
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  const body = answers[method] === undefined ? { error: { code: -32601, message: 'unknown' } } : { result: answers[method](params) };
  if (id !== undefined) process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...body }) + '\\n');
});
`;

let state = '';
beforeAll(async () => {
  state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-mcp-'));
  await writeFile(path.join(state, 'git.cjs'), program);
  const git = { command: process.execPath, args: [path.join(state, 'git.cjs')], allow: ['search_commits'] };
  await writeFile(path.join(state, 'mcp-servers.json'), JSON.stringify({ servers: { git, gone: { command: '/nowhere/at-all', allow: ['any'] } } }));
});
afterAll(() => rm(state, { recursive: true, force: true, maxRetries: 5 }));

it('what the tools of an MCP server say is looked at and accepted, and a program is told how to ask', async () => {
  await using workbench = await startWorkbench({ KUBECONFIG: '/dev/null', QUARTERDECK_STATE: state });
  const browser = await launchBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    await using opened = await openPage(browser, workbench.url, { colorScheme });
    const { page } = opened;
    await page.goto(new URL('/ai/providers', workbench.url).href);
    const servers = page.getByRole('list', { name: 'MCP servers' });
    await servers.getByText('Does not answer', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Copy the token that reads' }).waitFor();
    expect(await servers.getByText('push', { exact: true }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    if (colorScheme === 'light') {
      expect(await servers.getByText('search_commits').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Accept what the tools of git say' }).press('Enter');
    }
    await servers.getByText('Ready', { exact: true }).waitFor();
  }
  await browser.close();
});
