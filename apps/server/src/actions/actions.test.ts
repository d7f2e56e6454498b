import { type Action, permissions, refTo, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { localAgent, localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { LiveConnection } from '../live/live-connection.ts';
import { MemoryCluster } from '../testing/memory-cluster.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

const at = '2026-01-01T00:00:00.000Z';
const target = refTo('ConfigMap', 'shop', 'settings');
const run = { state: 'waiting' as const, act: null, startedAt: null, endedAt: null, error: null, diff: null, validation: [], undo: null };
const action: Action = {
  ...{ id: 'one', cluster: 'memory', title: 'One', issue: null, state: 'previewed', reason: null, proposedBy: { id: 'mcp', kind: 'agent' }, createdAt: at },
  ...{ expiresAt: '2999-01-01T00:00:00.000Z', hash: 'h', leftOut: [], obstacles: [], validation: [], approval: null, startedAt: null, endedAt: null },
  ...{ undoes: null, undoneBy: null },
  steps: [
    {
      ...{
        stepId: 's1',
        description: 'Label it',
        change: { verb: 'label', target, entries: { a: 'b' }, overwrite: true },
        kubectl: 'kubectl label',
        until: [],
      },
      ...{ timeoutSeconds: 60, preview: null, refused: null, run },
    },
  ],
};

let open: TestApp | null = null;
afterEach(() => open?.services.clusters.close());

async function as(actor: Actor): Promise<TestApp> {
  open = await testApp([new MemoryCluster().source], { authenticate: async () => actor });
  const { db } = open.services.storage;
  const row = { id: 'one', cluster: 'memory', issue: null, state: 'previewed', at: Date.parse(at), held_until: null, document: JSON.stringify(action) };
  await db.insertInto('actions').values(row).execute();
  return open;
}

const without = (...missing: string[]): Actor => ({ ...localPerson, permissions: new Set(permissions.filter((permission) => !missing.includes(permission))) });
const approve = ({ call }: TestApp) => call('POST', '/api/actions/one/approve', { hash: 'h' });

describe('an approval over HTTP', () => {
  it.each<[string, Actor, number, string]>([
    ['an agent', { ...localAgent, permissions: new Set(permissions) }, 403, 'a person must approve it'],
    ['who may not approve', without('action.approve'), 403, 'action.approve'],
    ['who may not do what the steps do', without('resource.write'), 403, 'resource.write'],
    ['who may not see the object', { ...localPerson, policy: { namespaces: ['other'], kinds: ['*'] } }, 404, 'no action'],
  ])('of %s is refused', async (_name, actor, status, message) => {
    const app = await as(actor);
    expect(await approve(app)).toMatchObject({ status, body: { error: expect.stringContaining(message) } });
    expect((await app.services.actions.desk.get('one')).state).toBe('previewed');
  });

  it('names the cluster that the action is about', async () => {
    const { call } = await as(localPerson);
    expect((await call('POST', '/api/actions/one/approve', { hash: 'h', cluster: 'another' })).status).toBeGreaterThanOrEqual(400);
  });
});

describe('actions over HTTP', () => {
  it('are shown to whoever may see all that they change', async () => {
    const list = async (actor: Actor) => (await (await as(actor)).call('GET', '/api/actions')).body;
    expect(await list(localPerson)).toMatchObject({ actions: [{ id: 'one' }] });
    expect(await list({ ...localPerson, policy: { namespaces: ['shop'], kinds: ['Pod'] } })).toEqual({ actions: [], next: null });
  });

  it('that are not there, and drafts that say nothing or too much, are told', async () => {
    const { call } = await as(localPerson);
    expect((await call('GET', '/api/actions/none')).status).toBe(404);
    expect(await call('POST', '/api/actions/preview', {})).toMatchObject({ status: 400, body: { code: 'VALIDATION_ERROR' } });
  });
});

describe('actions told live', () => {
  const connect = (app: TestApp, actor: Actor) => {
    const frames: ServerFrame[] = [];
    const socket = { bufferedAmount: 0, send: (data: string) => void frames.push(serverFrameSchema.parse(JSON.parse(data))) };
    const connection = new LiveConnection(socket, actor, app.services);
    return { frames, connection, open: () => connection.receive(JSON.stringify({ type: 'subscribeActions', id: 'a' })) };
  };

  it('come with what others do, without their previews', async () => {
    const app = await as(localPerson);
    const { frames, connection, open: subscribe } = connect(app, localPerson);
    await subscribe();
    expect(frames[0]).toMatchObject({ type: 'actionsSnapshot', actions: [{ id: 'one', state: 'previewed', steps: { all: 1, done: 0 }, undoable: false }] });
    await app.call('POST', '/api/actions/one/stop', {});
    await vi.waitFor(() => expect(frames[1]).toMatchObject({ type: 'actionsSnapshot', seq: 2, actions: [{ id: 'one', state: 'stopped' }] }));
    connection.close();
  });

  it('leave out those about something hidden', async () => {
    const actor = { ...localPerson, policy: { namespaces: ['other'], kinds: ['*'] } };
    const { frames, connection, open: subscribe } = connect(await as(actor), actor);
    await subscribe();
    expect(frames).toMatchObject([{ type: 'actionsSnapshot', actions: [] }]);
    connection.close();
  });
});
