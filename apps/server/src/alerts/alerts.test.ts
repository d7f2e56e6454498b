import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { alertRuleSchema, alertSchema, deliverySchema, eventListSchema } from '@quarterdeck/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

interface Received {
  headers: IncomingMessage['headers'];
  body: string;
}

let cluster: MemoryCluster;
let test: TestApp;
let receiver: Server;
let received: Received[];
let answers: { status: number; location?: string }[];
let url: string;

beforeEach(async () => {
  cluster = new MemoryCluster();
  test = await testApp([cluster.source]);
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ headers: request.headers, body });
    const { status, location } = answers.shift() ?? { status: 204 };
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/hook`;
});

afterEach(async () => {
  test.services.alerts.close();
  await test.services.clusters.close();
  await test.services.storage.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const secret = 'sixteen-letters-or-more';

async function addRule(change: Record<string, unknown> = {}) {
  const rule = { name: 'on call', when: { on: 'issue', severity: 'medium' }, webhook: { url, secret, allowPrivate: true }, ...change };
  return alertRuleSchema.parse((await test.call('POST', '/api/alerts/rules', rule)).body);
}

async function tryRule(id: string) {
  const answer = await test.call('POST', `/api/alerts/rules/${id}/test`, {});
  return z.object({ alert: alertSchema, delivery: deliverySchema.nullable() }).parse(answer.body);
}

const recent = async () => z.array(alertSchema).parse((await test.call('GET', '/api/alerts')).body);

describe('alert rules over HTTP', () => {
  it('are made, changed and removed; a secret is kept and never shown', async () => {
    const made = await addRule();
    expect(made).toMatchObject({ createdBy: 'local', webhook: { url, hasSecret: true } });
    expect(JSON.stringify(made)).not.toContain(secret);
    const next = { name: 'other', when: { on: 'issue' }, webhook: { url, allowPrivate: true } };
    expect((await test.call('PUT', `/api/alerts/rules/${made.id}`, next)).body).toMatchObject({ name: 'other', webhook: { hasSecret: true } });
    const moved = { ...next, webhook: { url: `${url}/elsewhere`, allowPrivate: true } };
    expect((await test.call('PUT', `/api/alerts/rules/${made.id}`, moved)).body).toMatchObject({ webhook: { hasSecret: false } });
    expect((await test.call('DELETE', `/api/alerts/rules/${made.id}`, {})).body).toEqual([]);
    expect(await test.call('DELETE', `/api/alerts/rules/${made.id}`, {})).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it.each([
    { name: '', when: { on: 'issue' } },
    { name: 'x', when: { on: 'event', reason: '(a+)+$' } },
    { name: 'x', when: { on: 'event', reason: '[' } },
    { name: 'x', when: { on: 'other' } },
    { name: 'x', when: { on: 'issue' }, webhook: { url: 'file:///etc/passwd' } },
    { name: 'x', when: { on: 'issue' }, webhook: { url: 'https://example.test', secret: 'short' } },
  ])('are refused where they are wrong: %j', async (rule) => {
    expect(await test.call('POST', '/api/alerts/rules', rule)).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } });
  });
});

describe('a webhook', () => {
  it('gets the alert as JSON, signed with the secret', async () => {
    const { id } = await addRule();
    expect((await tryRule(id)).delivery).toEqual({ delivered: true, attempts: 1, status: 204, problem: null });
    const [call] = received;
    const timestamp = call?.headers['x-quarterdeck-timestamp'];
    const expected = createHmac('sha256', secret).update(`${timestamp}.${call?.body}`).digest('hex');
    expect(call?.headers['x-quarterdeck-signature']).toBe(`sha256=${expected}`);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ type: 'alert', alert: { rule: { id }, title: 'Test of an alert rule' } });
  });

  it('is called once for who tries it and waits, and says what came of it', async () => {
    const { id } = await addRule();
    answers = [{ status: 503 }, { status: 401 }];
    expect((await tryRule(id)).delivery).toMatchObject({ delivered: false, attempts: 1, status: 503 });
    expect((await tryRule(id)).delivery).toMatchObject({ delivered: false, attempts: 1, status: 401 });
    expect(received).toHaveLength(2);
  });

  it('is never followed to another place', async () => {
    const { id } = await addRule();
    answers = [{ status: 302, location: url }];
    expect((await tryRule(id)).delivery).toMatchObject({ delivered: false, attempts: 1, problem: expect.stringContaining('redirect') });
    expect(received).toHaveLength(1);
  });

  it.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'https://10.0.0.1/',
    'https://localhost/x',
    'http://example.test/',
    'https://[::ffff:127.0.0.1]/',
  ])('is not called inside without leave: %s', async (target) => {
    const { id } = await addRule({ webhook: { url: target, secret: null } });
    expect((await tryRule(id)).delivery).toMatchObject({ delivered: false, problem: expect.stringMatching(/private network|https/) });
    expect(received).toEqual([]);
  });
});

describe('an alert', () => {
  it('is told for a new issue that a rule waits for, in the page and to the webhook, once', { timeout: 30_000 }, async () => {
    await addRule({ desktop: true });
    await addRule({ name: 'elsewhere', when: { on: 'issue', namespaces: ['other'] }, webhook: null });
    cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 20_000 });
    const [alert, ...others] = await recent();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      rule: { name: 'on call' },
      cluster: 'memory',
      desktop: true,
      title: expect.stringMatching(/^New: /),
      issueId: expect.stringMatching(/^qd-/),
    });
  });

  it('is told for events of a reason, not again for each of them', { timeout: 30_000 }, async () => {
    await addRule({ name: 'probes', when: { on: 'event', reason: '^Unhealthy$', atLeast: 3 } });
    const tell = (count: number, reason = 'Unhealthy') => {
      const now = new Date().toISOString();
      const about = { involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' }, reason, type: 'Warning', message: 'probe failed' };
      cluster.apply(
        Object.assign({ apiVersion: 'v1', kind: 'Event', metadata: { name: `e-${reason}`, namespace: 'shop' } }, about, {
          count,
          firstTimestamp: now,
          lastTimestamp: now,
        }),
      );
    };
    tell(2);
    tell(9, 'Killing');
    await vi.waitFor(async () => expect(eventListSchema.parse((await test.call('GET', '/api/events')).body).total).toBe(2), { timeout: 10_000 });
    expect(received).toEqual([]);
    tell(3);
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 10_000 });
    tell(4);
    tell(5);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await recent()).map(({ title }) => title)).toEqual(['Unhealthy: Pod shop/web']);
  });
});
