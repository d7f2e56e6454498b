import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localAgent } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { connectMcp } from '../testing/mcp-client.ts';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { testServices } from '../testing/test-app.ts';
import { tools } from './tools.ts';

let cluster: MemoryCluster;
let services: Awaited<ReturnType<typeof testServices>>;

beforeEach(async () => {
  cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  services = await testServices([cluster.source]);
});

afterEach(() => services.clusters.close());

async function connect(actor: Actor = localAgent) {
  const { request, call } = await connectMcp(services, actor);
  return {
    request,
    async call(name: string, args: unknown) {
      const { isError, text } = await call(name, args);
      return { isError, body: JSON.parse(text) };
    },
  };
}

describe('the MCP server', () => {
  it('offers the tools that were reviewed', async () => {
    const { request } = await connect();
    await expect(`${JSON.stringify(await request('tools/list', {}), null, 2)}\n`).toMatchFileSnapshot('tools.golden.json');
  });

  it('lists issues and opens one', async () => {
    const { call } = await connect();
    const { body } = await call('list_issues', {});
    expect(body.issues).toMatchObject([{ name: 'web', namespace: 'shop' }]);
    expect((await call('get_issue', { id: body.issues[0].id })).body).toMatchObject({ name: 'web', dismissed: null, findings: expect.any(Array) });
  });

  it('lists resources as rows with named cells', async () => {
    const { call } = await connect();
    const { body } = await call('list_resources', { kind: 'po', filter: 'status:image' });
    expect(body).toMatchObject({ kind: 'Pod', total: 1, items: [{ name: 'web', namespace: 'shop', status: 'ImagePullBackOff', state: 'critical' }] });
  });

  it.each([
    ['get_issue', { id: 'none' }, 'NOT_FOUND'],
    ['get_issue', {}, 'VALIDATION_ERROR'],
    ['create_plan', { issueId: 'none' }, 'NOT_FOUND'],
    ['list_resources', { kind: 'Nothing' }, 'NOT_FOUND'],
    ['list_resources', { kind: 'po', filter: '/(/' }, 'VALIDATION_ERROR'],
    ['list_issues', { cluster: 'none' }, 'NOT_FOUND'],
  ])('%s with %j fails as content with the code %s', async (name, args, code) => {
    const { call } = await connect();
    expect(await call(name, args)).toMatchObject({ isError: true, body: { code, requestId: expect.any(String) } });
  });

  it('asks the gate', async () => {
    const { call } = await connect({ ...localAgent, id: 'guest', permissions: new Set(['issue.read']) });
    expect(await call('list_resources', { kind: 'po' })).toMatchObject({ isError: true, body: { code: 'FORBIDDEN' } });
    expect((await call('list_issues', {})).isError).toBe(false);
  });
});

describe('a tool', () => {
  const call = async (name: string, input: object) => {
    const tool = tools.find((each) => each.name === name);
    return tool?.call(input, { services, actor: localAgent, signal: new AbortController().signal });
  };

  it('cuts off what is too long, and says so', async () => {
    for (let index = 0; index < 400; index += 1) cluster.apply(testPod(`web-${index}-${'x'.repeat(150)}`, 'shop'));
    const result = await call('list_resources', { kind: 'Pod', limit: 500 });
    expect(result?.text.length).toBeLessThan(61_000);
    expect(result?.text).toMatch(/cut off after 60000 of \d+ characters/);
  });

  it('hands out no secrets, also where they stand in plain text', async () => {
    const pod = testPod('leaky', 'shop');
    cluster.apply(Object.assign(pod, { spec: { containers: [{ name: 'app', env: [{ name: 'DB_PASSWORD', value: 'hunter2-and-more' }] }] } }));
    const result = await call('get_resource', { kind: 'Pod', name: 'leaky', namespace: 'shop' });
    expect(result?.text).toContain('DB_PASSWORD');
    expect(result?.text).not.toContain('hunter2');
  });
});
