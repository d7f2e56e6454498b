import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertRuleSchema } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { runQd } from '../testing.ts';

async function machine() {
  const directory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
  const environment = { QUARTERDECK_STATE: directory, HOOK_SECRET: 'sixteen-letters-or-more' };
  const qd = (...args: string[]) => runQd(args, { environment });
  const rules = async () => z.array(alertRuleSchema).parse(JSON.parse((await qd('alerts', 'list', '-o', 'json')).out));
  return { directory, qd, rules };
}

it('adds, lists and removes rules, and shows no secret', async () => {
  const { directory, qd, rules } = await machine();
  expect((await qd('alerts', 'list')).out).toContain('no alert rules');
  const added = await qd(
    'alerts',
    'add',
    'on-call',
    '--severity',
    'high',
    '-n',
    'shop',
    '-n',
    'pay',
    '--for',
    '5',
    '--webhook',
    'https://example.test/hook',
    '--secret-from',
    'HOOK_SECRET',
  );
  expect([added.code, added.err]).toEqual([0, '']);
  await qd('alerts', 'add', 'probes', '--event', '^Unhealthy$', '--at-least', '10', '--desktop');
  const [first, second] = await rules();
  expect(first).toMatchObject({
    name: 'on-call',
    when: { on: 'issue', severity: 'high', namespaces: ['shop', 'pay'], forMinutes: 5 },
    webhook: { hasSecret: true },
  });
  expect(second).toMatchObject({ when: { on: 'event', reason: '^Unhealthy$', atLeast: 10, withinMinutes: 10 }, desktop: true, webhook: null });
  const { out } = await qd('alerts', 'list');
  expect(out).toMatch(/on-call +on +any +issue detected, recurred, high or worse in shop, pay, for 5 min +page, https:\/\/example.test\/hook \(signed\)/);
  expect(out).not.toContain('sixteen');
  expect(await readFile(join(directory, 'alert-rules.json'), 'utf8')).toContain('sixteen-letters-or-more');
  expect((await qd('alerts', 'remove', first?.id ?? '')).code).toBe(0);
  expect(await rules()).toHaveLength(1);
});

it.each([
  [['alerts', 'add', 'x', '--event', '(a+)+'], 'regular expression'],
  [['alerts', 'add', 'x', '--webhook', 'ftp://example.test'], 'webhook'],
  [['alerts', 'add', 'x', '--webhook', 'https://example.test', '--secret-from', 'NOT_SET'], 'NOT_SET is not set'],
  [['alerts', 'add', 'x', '--for', 'soon'], '--for must be a number'],
  [['alerts', 'remove', 'none'], 'no alert rule none'],
])('refuses %j', async (args, message) => {
  const { qd } = await machine();
  const { code, err } = await qd(...args);
  expect(code).not.toBe(0);
  expect(err).toContain(message);
});

it('tries a rule: its webhook gets the call, a private one only with leave', async () => {
  const { qd, rules } = await machine();
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    for await (const chunk of request) bodies.push(String(chunk));
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  try {
    await qd('alerts', 'add', 'guarded', '--webhook', url);
    await qd('alerts', 'add', 'allowed', '--webhook', url, '--allow-private');
    const [guarded, allowed] = await rules();
    expect(await qd('alerts', 'test', guarded?.id ?? '')).toMatchObject({ code: 1, out: expect.stringContaining('Not delivered') });
    expect(await qd('alerts', 'test', allowed?.id ?? '')).toMatchObject({ code: 0, out: 'Delivered (status 204, one attempt)\n' });
    expect(bodies).toHaveLength(1);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
