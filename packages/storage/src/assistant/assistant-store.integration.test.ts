import { type ChatMessage, type Conversation, type ModelRun, type RunFilter, usualAssistantLimits } from '@quarterdeck/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenStorage, openStorage } from '../database/open-storage.ts';
import { startEngines, type TestEngines } from '../testing/engines.ts';
import { exportStorage } from '../transfer/export-storage.ts';
import { importStorage } from '../transfer/import-storage.ts';
import { openAssistantStore } from './assistant-store.ts';

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.close());

const ada = { user: 'ada', organisation: null };
const bob = { user: 'bob', organisation: null };
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();

function conversation(id: string, minute = 0, title = 'Questions'): Conversation {
  return { id, title, cluster: 'west', createdAt: at(minute), updatedAt: at(minute), head: null, shared: false, own: true };
}

function message(id: string, where: string, text: string, change: Partial<ChatMessage> = {}): ChatMessage {
  const focus = { page: null, namespace: 'shop', object: null, issueId: null };
  return {
    id,
    conversation: where,
    parent: null,
    role: 'user',
    text,
    createdAt: at(1),
    state: 'complete',
    focus,
    attachments: [],
    steps: [],
    run: null,
    rating: null,
    ...change,
  };
}

function run(id: string, minute: number, change: Partial<ModelRun> = {}): ModelRun {
  const usage = { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, estimated: false };
  const sent = { provider: 'p', model: 'm', instructions: ['be short'], messages: [{ role: 'user', text: 'hi' }], tools: ['top'] };
  const section = { id: 'logs', title: 'Logs', tokens: 3, fullTokens: 9, cut: '2 lines', redacted: 1, aliased: 2, withheld: null };
  return {
    ...{ id, purpose: 'chat', user: 'ada', organisation: null, cluster: 'west', conversation: 'c', message: 'm1', at: at(minute), prompt: 'assistant@1' },
    ...{ model: 'p/m', requests: [sent], context: [section], answers: ['hello'], tools: [], usage, cost: 0.5, firstTextMs: 3, tookMs: 9, retries: 0 },
    ...{ state: 'complete', error: null, cached: false, rating: null, replayOf: null },
    ...change,
  };
}

/** What every engine promises. */
describe.each(['sqlite', 'postgres'] as const)('the assistant store on %s', (engine) => {
  beforeEach(({ skip }) => skip(!engines.has(engine), 'PostgreSQL is not installed'));
  const opened: OpenStorage[] = [];
  const open = async () => {
    const storage = await openStorage(await engines.newUrl(engine), { role: 'guest' });
    opened.push(storage);
    return openAssistantStore(storage.db, () => 7);
  };
  afterAll(() => Promise.all(opened.map((storage) => storage.close())));

  it('keeps conversations of one from all others', async () => {
    const store = await open();
    await store.putConversation(ada, conversation('c'));
    await store.putMessage(message('m1', 'c', 'why?'));
    await store.putConversation(bob, { ...conversation('c'), title: 'Taken over' });
    expect(await store.conversation(ada, 'c')).toEqual(conversation('c'));
    expect([
      await store.conversation(bob, 'c'),
      await store.message(bob, 'm1'),
      (await store.conversations(bob, { search: 'why', limit: 5 })).conversations,
    ]).toEqual([null, null, []]);
    await store.deleteConversation(bob, 'c');
    expect(await store.messages('c')).toHaveLength(1);
    await store.putConversation({ user: 'ada', organisation: 'shop' }, conversation('d'));
    expect((await store.conversations(ada, { search: '', limit: 5 })).conversations.map(({ id }) => id)).toEqual(['c']);
  });

  it('shows what is shared to those of the organisation who see the same, until it is shared no more', async () => {
    const store = await open();
    const [eve, max, guest] = ['eve', 'max', 'guest'].map((user) => ({ user, organisation: user === 'guest' ? 'other' : 'shop' }));
    if (eve === undefined || max === undefined || guest === undefined) throw new Error('Somebody is missing.');
    await store.putConversation(eve, conversation('s'));
    expect(await store.sharedConversation(max, 's', 'all')).toBeNull();
    await store.shareConversation(max, 's', 'all');
    expect(await store.sharedConversation(max, 's', 'all')).toBeNull();
    await store.shareConversation(eve, 's', 'all');
    expect(await store.sharedConversation(max, 's', 'all')).toMatchObject({ id: 's', shared: true, own: false });
    expect([await store.sharedConversation(max, 's', 'less'), await store.sharedConversation(guest, 's', 'all'), await store.conversation(max, 's')]).toEqual([
      null,
      null,
      null,
    ]);
    const others = { search: '', sharedWith: 'all', limit: 5 };
    expect((await store.conversations(max, others)).conversations.map(({ id }) => id)).toEqual(['s']);
    expect((await store.conversations(eve, others)).conversations).toEqual([]);
    await store.putConversation(eve, conversation('s', 2, 'Renamed'));
    expect(await store.conversation(eve, 's')).toMatchObject({ shared: true, title: 'Renamed' });
    await store.shareConversation(eve, 's', null);
    expect(await store.sharedConversation(max, 's', 'all')).toBeNull();
  });

  it('lists page by page, the latest first, also where several are of one moment', async () => {
    const store = await open();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await store.putConversation(ada, conversation(id, id === 'e' ? 9 : 1));
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await store.conversations(ada, { search: '', limit: 2, before });
      seen.push(...page.conversations.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it.each([
    ['api-settings', ['c']],
    ['settings API', ['c']],
    ['sett', ['c']],
    ['example.com', ['d']],
    ['uberpruf', ['d']],
    ['ÜBERPRÜF', ['d']],
    ['questions', ['c', 'd']],
    ["o'brien", ['d']],
    ['"; drop *', []],
    ['nothing', []],
  ])('finds %s by the beginnings of words', async (search, ids) => {
    const store = await open();
    for (const id of ['c', 'd']) await store.putConversation(ada, conversation(id));
    await store.putMessage(message('m1', 'c', 'The ConfigMap `api-settings` is missing.'));
    await store.putMessage(message('m2', 'd', "Bitte überprüfe shop.example.com:8080 für O'Brien"));
    const { conversations } = await store.conversations(ada, { search, limit: 5 });
    expect(conversations.map(({ id }) => id).sort()).toEqual(ids);
    if (search === 'sett') expect(conversations[0]?.excerpt).toContain('api-settings');
  });

  it('keeps frames until the answer is whole, and finds what was being written', async () => {
    const store = await open();
    await store.putConversation(ada, conversation('c'));
    await store.putMessage(message('m2', 'c', '', { role: 'assistant', state: 'writing' }), 'process 7');
    const frames = ['Half', ' an answer'].map((text, offset) => ({ offset, event: { type: 'text' as const, text } }));
    await store.addFrames('m2', frames);
    expect(await store.frames('m2')).toEqual(frames);
    expect(await store.unfinishedMessages()).toMatchObject([{ message: { id: 'm2' }, writer: 'process 7' }]);
    expect([await store.takeWriting('m2', 'process 6', 'process 8'), await store.takeWriting('m2', 'process 7', 'process 8')]).toEqual([false, true]);
    expect(await store.unfinishedMessages()).toMatchObject([{ writer: 'process 8' }]);
    await store.putMessage(message('m2', 'c', 'Half an answer', { role: 'assistant', state: 'cut' }));
    await store.deleteFrames('m2');
    expect([await store.unfinishedMessages(), await store.frames('m2'), await store.takeWriting('m2', '', 'process 9')]).toEqual([[], [], false]);
    expect((await store.conversations(ada, { search: 'half answer', limit: 5 })).conversations).toHaveLength(1);
  });

  it('keeps nothing of an answer whose conversation was deleted while it was written', async () => {
    const store = await open();
    await store.putConversation(ada, conversation('c'));
    await store.putMessage(message('m2', 'c', '', { role: 'assistant', state: 'writing' }), 'process 7');
    await store.deleteConversation(ada, 'c');
    await store.putMessage(message('m2', 'c', 'Half an answer', { role: 'assistant', state: 'stopped' }));
    expect([await store.messages('c'), await store.unfinishedMessages()]).toEqual([[], []]);
  });

  it('keeps runs as they were sent, with ratings, when the conversation is gone', async () => {
    const store = await open();
    await store.putConversation(ada, conversation('c'));
    await store.putMessage(message('m1', 'c', 'hello', { role: 'assistant' }));
    await store.putRun(run('r1', 1));
    await store.putRun(run('r2', 2, { user: 'bob', message: null }));
    await store.rateMessage(bob, 'm1', 'down', 'not mine');
    expect((await store.run('r1'))?.rating).toBeNull();
    await store.rateMessage(ada, 'm1', 'up', 'good');
    expect(await store.message(ada, 'm1')).toMatchObject({ rating: 'up' });
    await store.deleteConversation(ada, 'c');
    expect(await store.run('r1')).toEqual(run('r1', 1, { rating: 'up' }));
    expect((await store.runs({ user: 'ada', organisation: null, limit: 5 })).runs.map(({ id }) => id)).toEqual(['r1']);
    const first = await store.runs({ user: null, organisation: null, limit: 1 });
    const second = await store.runs({ user: null, organisation: null, limit: 1, before: first.next ?? '' });
    expect([...first.runs, ...second.runs].map(({ id }) => id)).toEqual(['r2', 'r1']);
    expect(second.next).toBeNull();
    expect((await store.runsSince(null, at(2))).map(({ id }) => id)).toEqual(['r2']);
    expect(await store.runsSince('shop', at(0))).toEqual([]);
  });

  it('finds runs by who asked, what was used, and words of what was sent, over pages', async () => {
    const store = await open();
    const looked = { name: 'get_logs', input: { pod: 'web "one"' }, failed: false, tookMs: 1, characters: 2 };
    await store.putRun(run('r1', 1, { tools: [looked] }));
    await store.putRun(run('r2', 2, { user: 'bob', model: 'q/n', state: 'failed', prompt: 'assistant@1 explain@2' }));
    for (let minute = 3; minute < 9; minute += 1) await store.putRun(run(`r${minute}`, minute, { purpose: 'plan', answers: ['a plan'] }));
    const found = async (filter: RunFilter, before?: string) => store.runs({ user: null, organisation: null, filter, limit: 4, before });
    const ids = async (filter: RunFilter) => (await found(filter)).runs.map(({ id }) => id);
    expect(await ids({ tool: 'get_logs' })).toEqual(['r1']);
    expect(await ids({ text: 'Web "ONE"' })).toEqual(['r1']);
    expect(await ids({ person: 'bob', model: 'q/', state: 'failed', prompt: 'explain' })).toEqual(['r2']);
    expect(await ids({ since: at(2), until: at(2) })).toEqual(['r2']);
    expect(await ids({ text: 'toolCalls' })).toEqual([]);
    const first = await found({ text: 'a plan' });
    const second = await found({ text: 'a plan' }, first.next ?? '');
    expect([...first.runs, ...second.runs].map(({ id }) => id)).toEqual(['r8', 'r7', 'r6', 'r5', 'r4', 'r3']);
    expect(second.next).toBeNull();
  });

  it('goes along to another storage, and is found there', async () => {
    const from = await openStorage(await engines.newUrl(engine), { role: 'guest' });
    const to = await openStorage(await engines.newUrl(engine), { role: 'guest' });
    opened.push(from, to);
    const store = openAssistantStore(from.db, () => 7);
    await store.putConversation(ada, conversation('c'));
    await store.putMessage(message('m1', 'c', 'Where is the needle?'));
    await store.putRun(run('r1', 1));
    await store.rateMessage(ada, 'm1', 'up', 'good');
    await store.putMemory(ada, { instructions: 'Be short.', facts: [] });
    await importStorage(to.db, exportStorage(from.db, 0));
    const there = openAssistantStore(to.db, () => 7);
    expect((await there.conversations(ada, { search: 'needle', limit: 5 })).conversations).toMatchObject([
      { id: 'c', excerpt: expect.stringContaining('needle') },
    ]);
    expect([await there.run('r1'), await there.message(ada, 'm1')]).toMatchObject([{ rating: 'up' }, { rating: 'up' }]);
    expect(await there.memory(ada)).toMatchObject({ instructions: 'Be short.' });
  });

  it('remembers what it is told, each for their owner', async () => {
    const store = await open();
    await store.putConversation(ada, conversation('c'));
    expect(await store.memory(ada)).toEqual({ instructions: '', facts: [] });
    await store.putMemory(ada, { instructions: 'Be short.', facts: ['db is in the other cluster'] });
    await store.putMemory(ada, { instructions: 'Be shorter.', facts: [] });
    expect([await store.memory(ada), await store.memory(bob)]).toEqual([
      { instructions: 'Be shorter.', facts: [] },
      { instructions: '', facts: [] },
    ]);
    const secretive = { sendClusterMetadata: false, sendResourceNames: false, sendLogs: false, sendPodNames: true };
    await store.putPrivacy(ada, secretive);
    expect([await store.privacy(ada), (await store.privacy(bob)).sendLogs]).toEqual([secretive, true]);
    await store.putLimits(null, { ...usualAssistantLimits, messagesPerHour: 5 });
    expect([(await store.limits(null)).messagesPerHour, (await store.limits('shop')).messagesPerHour]).toEqual([5, 50]);
    expect(await store.aliases('c')).toBeNull();
    await store.putAliases('c', { key: 'k', entries: [] });
    await store.putConversation(ada, conversation('c', 3));
    expect(await store.aliases('c')).toEqual({ key: 'k', entries: [] });
  });
});
