import { createAssistantHandler } from '@quarterdeck/assistant';
import { type ScriptedStep, scriptedModel } from '@quarterdeck/assistant/testing/scripted-model';
import {
  askedSchema,
  contextPreviewSchema,
  conversationDetailSchema,
  modelRunSchema,
  planSchema,
  runPageSchema,
  type SectionAccount,
  type TurnFrame,
  turnFrameSchema,
} from '@quarterdeck/contract';
import { openAssistantStore } from '@quarterdeck/storage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { localPerson } from '../gate/actors.ts';
import { MemoryCluster, testPod } from '../testing/memory-cluster.ts';
import { noModels, type TestApp, testApp, testPort, testToken } from '../testing/test-app.ts';
import { askingActor } from './open-assistant.ts';
import type { ServerModels } from './server-models.ts';

const opened: TestApp[] = [];
afterEach(async () => {
  for (const { services } of opened.splice(0)) {
    await services.assistant.close();
    await services.clusters.close();
  }
});

async function workbench(...script: readonly ScriptedStep[]) {
  const cluster = new MemoryCluster();
  cluster.apply(testPod('web', 'shop', 'ImagePullBackOff'));
  const model = scriptedModel(...script);
  const models: ServerModels = {
    ...noModels,
    chain: async () => (script.length === 0 ? null : model.chain),
    only: async () => model.chain,
    offered: async () => [{ id: 'offline', name: 'Engine alone', local: true, problem: null }],
    cost: () => 0.25,
    keys: () => ['house-of-9-keys'],
  };
  const app = await testApp([cluster.source], { models });
  opened.push(app);
  return { ...app, cluster, model };
}

async function lines(app: TestApp, id: string, from = 0): Promise<TurnFrame[]> {
  const headers = { host: `127.0.0.1:${testPort}`, authorization: `Bearer ${testToken}` };
  const response = await app.app.request(`/api/ai/messages/${id}/events?from=${from}`, { headers });
  const text = await response.text();
  return text.trim() === ''
    ? []
    : text
        .trim()
        .split('\n')
        .map((line) => turnFrameSchema.parse(JSON.parse(line)));
}

async function ask(app: TestApp, question: string, more: object = {}) {
  const { status, body } = await app.call('POST', '/api/ai/chat', { question, ...more });
  expect([status, body]).toEqual([200, expect.anything()]);
  const asked = askedSchema.parse(body);
  const frames = await lines(app, asked.answer.id);
  return { ...asked, frames, events: frames.map(({ event }) => event), end: frames.at(-1)?.event };
}

const detail = async (app: TestApp, id: string) => conversationDetailSchema.parse((await app.call('GET', `/api/ai/conversations/${id}`)).body);

describe('the assistant of the workbench', () => {
  it('answers with the engine alone where no model is set up', async () => {
    const app = await workbench();
    const { conversation, events, end } = await ask(app, 'what is broken?');
    expect(end).toMatchObject({ type: 'finished', state: 'complete', model: null, cost: null });
    expect(events.flatMap((event) => (event.type === 'quick' ? event.text : [])).join('')).toContain('web');
    expect((await detail(app, conversation.id)).messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', state: 'complete', text: expect.stringContaining('web') },
    ]);
  });

  it('gives the engine’s answer at once, then the model’s, and writes down what was sent', async () => {
    const app = await workbench([{ call: 'list_issues', input: {} }], 'The image of **web** can not be pulled.');
    const { conversation, answer, events, end } = await ask(app, 'why does web fail?');
    const order = events.map(({ type }) => type);
    expect(order.indexOf('quick')).toBeLessThan(order.indexOf('answering'));
    expect(end).toMatchObject({ state: 'complete', model: 'scripted/one', cost: 0.5, cached: false });
    const stored = (await detail(app, conversation.id)).messages.at(-1);
    expect(stored).toMatchObject({ id: answer.id, text: 'The image of **web** can not be pulled.', run: expect.any(String) });
    const run = modelRunSchema.parse((await app.call('GET', `/api/ai/runs/${stored?.run}`)).body);
    expect(run).toMatchObject({ user: 'local', conversation: conversation.id, tools: [{ name: 'list_issues', failed: false }], requests: [{}, {}] });
    expect(run.requests[0]?.messages.at(-1)).toMatchObject({ role: 'user', text: expect.stringContaining('what the engine found') });
    expect((await app.call('GET', '/api/audit?action=model.run')).body).toMatchObject({
      acts: [{ via: 'assistant', result: { outcome: 'done', detail: { model: 'scripted/one' } } }],
    });
  });

  it('asks another model with the bytes of a run, and runs none of its tools', async () => {
    const app = await workbench([{ call: 'list_issues', input: {} }], 'The image.', [{ call: 'get_logs', input: { pod: 'web' } }]);
    const { conversation } = await ask(app, 'why does web fail?');
    const run = (await detail(app, conversation.id)).messages.at(-1)?.run ?? '';
    const first = modelRunSchema.parse((await app.call('GET', `/api/ai/runs/${run}`)).body);
    const replay = modelRunSchema.parse((await app.call('POST', `/api/ai/runs/${run}/replay`, { model: 'other/two' })).body);
    expect(replay).toMatchObject({ purpose: 'replay', replayOf: run, model: 'other/two', conversation: null, tools: [{ name: 'get_logs', tookMs: 0 }] });
    expect(replay.requests[0]?.messages).toEqual(first.requests.at(-1)?.messages);
    expect(app.model.asked).toHaveLength(3);
    const listed = async (filter: string) => {
      const { runs } = runPageSchema.parse((await app.call('GET', `/api/ai/runs?${filter}`)).body);
      return runs.map(({ purpose }) => purpose);
    };
    expect(await listed('')).toEqual(['replay', 'chat']);
    expect(await listed('model=other')).toEqual(['replay']);
    expect(await listed('tool=list_issues')).toEqual(['chat']);
    expect(await listed('purpose=chat&prompt=troubleshoot&state=complete')).toEqual(['chat']);
    expect(await listed('text=WHY%20does%20web')).toEqual(['replay', 'chat']);
    expect(await listed('text=nobody%20said%20so')).toEqual([]);
    expect(await listed('person=somebody')).toEqual([]);
    expect((await app.call('POST', '/api/ai/runs/none/replay', { model: 'other/two' })).status).toBe(404);
  });

  it('can be followed from where the stream was lost, and after it is done', async () => {
    const app = await workbench('One two three four five six seven.');
    const { answer, frames } = await ask(app, 'say something about nothing in particular');
    expect((await lines(app, answer.id, 3)).map(({ offset }) => offset)).toEqual(frames.slice(3).map(({ offset }) => offset));
    expect(frames.map(({ offset }) => offset)).toEqual(frames.map((_frame, index) => index));
  });

  it('goes on when nobody looks, and stops when it is told to', async () => {
    const app = await workbench({ waits: 'Once upon a time there was ' });
    const { answer, conversation } = askedSchema.parse((await app.call('POST', '/api/ai/chat', { question: 'compose a long story' })).body);
    await vi.waitFor(() => expect(app.model.asked).toHaveLength(1));
    expect((await app.call('POST', `/api/ai/messages/${answer.id}/stop`)).status).toBe(200);
    expect((await lines(app, answer.id)).at(-1)?.event).toMatchObject({ type: 'finished', state: 'stopped' });
    await vi.waitFor(async () =>
      expect((await detail(app, conversation.id)).messages.at(-1)).toMatchObject({ state: 'stopped', text: expect.stringMatching(/^Once upon/) }),
    );
  });

  it('gives an answer again while everything it looked at reads the same', async () => {
    const look: ScriptedStep = [{ call: 'list_resources', input: { kind: 'Pod' } }];
    const app = await workbench(look, 'One pod.', look, 'Two pods.');
    const first = await ask(app, 'tell me about my pods in a poem');
    const second = await ask(app, 'tell me about my pods in a poem');
    expect([first.end, second.end]).toMatchObject([{ cached: false }, { cached: true, model: 'scripted/one' }]);
    app.cluster.apply(testPod('api', 'shop'));
    const third = await ask(app, 'tell me about my pods in a poem');
    expect(third.end).toMatchObject({ cached: false });
    expect((await app.call('GET', '/api/ai/usage')).body).toMatchObject({ runs: 3, cacheHitRate: expect.closeTo(1 / 3), cost: 1 });
  });

  it('gives no answer again that was made under other privacy settings', async () => {
    const app = await workbench('Words.');
    await ask(app, 'compose something');
    expect((await ask(app, 'compose something')).end).toMatchObject({ cached: true });
    await app.call('PUT', '/api/ai/privacy', { sendLogs: false });
    expect((await ask(app, 'compose something')).end).toMatchObject({ cached: false });
  });

  it('keeps branches: a question that is asked anew stands beside the old one', async () => {
    const app = await workbench('First.', 'Second.', 'Third.');
    const first = await ask(app, 'compose something');
    const { id } = first.conversation;
    await ask(app, 'and more', { conversation: id });
    const edited = await ask(app, 'and less', { conversation: id, parent: first.answer.id });
    const { conversation, messages } = await detail(app, id);
    expect(messages.filter(({ parent }) => parent === first.answer.id)).toHaveLength(2);
    expect(conversation.head).toBe(edited.answer.id);
    expect(app.model.asked.at(-1)?.messages.map(({ text }) => text.split('\n')[0])).toEqual(['compose something', 'First.', 'and less']);
    const headers = { host: `127.0.0.1:${testPort}`, authorization: `Bearer ${testToken}` };
    const exported = await (await app.app.request(`/api/ai/conversations/${id}/export`, { headers })).text();
    expect(exported).toContain('and less');
    expect(exported).not.toContain('and more');
    expect((await app.call('GET', '/api/ai/conversations?search=less')).body).toMatchObject({ conversations: [{ id }] });
  });

  it('ends honestly what a restart cut off, as soon as somebody reads it', async () => {
    const app = await workbench('Unused.');
    const { conversation, answer } = await ask(app, 'compose something');
    const store = openAssistantStore(app.services.storage.db);
    await store.putMessage({ ...answer, state: 'writing' });
    await store.addFrames(answer.id, [{ offset: 0, event: { type: 'text', text: 'Half an ans' } }]);
    const assistant = await app.services.assistant.get();
    await assistant.close();
    const stored = (await detail(app, conversation.id)).messages.find(({ id }) => id === answer.id);
    expect(stored).toMatchObject({ state: 'cut', text: 'Half an ans', steps: [{ type: 'note' }, { type: 'finished', state: 'cut' }] });
  });

  it('keeps to the limits, and lets the engine answer on', async () => {
    const app = await workbench('Yes.');
    const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
    await app.call('PUT', '/api/ai/limits', { ...limits, messagesPerHour: 1 });
    await ask(app, 'compose something');
    expect(await app.call('POST', '/api/ai/chat', { question: 'compose more' })).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect((await ask(app, 'what is broken?', { model: false })).end).toMatchObject({ state: 'complete', model: null });
    expect((await app.call('GET', '/api/ai/usage')).body).toMatchObject({
      limits: { messagesLeftThisHour: 0, alerts: ['1 of 1 messages in an hour are used.'] },
    });
  });

  it('spends no more on an answer than is left for the day', async () => {
    const app = await workbench([{ call: 'list_resources', input: { kind: 'Pod' } }]);
    const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
    await app.call('PUT', '/api/ai/limits', { ...limits, costPerUserAndDay: 0.5 });
    // Each request costs a quarter of a dollar.
    expect((await ask(app, 'compose something')).end).toMatchObject({ state: 'limited', cost: 0.5 });
  });

  it('counts what is being answered, so that many questions at once keep to the limit too', async () => {
    const app = await workbench({ waits: 'Once upon a time ' });
    const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
    await app.call('PUT', '/api/ai/limits', { ...limits, messagesPerHour: 2 });
    const asked = await Promise.all(['one', 'two', 'three'].map((word) => app.call('POST', '/api/ai/chat', { question: `compose ${word}` })));
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    for (const { body } of asked.filter(({ status }) => status === 200)) await app.call('POST', `/api/ai/messages/${askedSchema.parse(body).answer.id}/stop`);
  });

  it('remembers what it was told, and sends it', async () => {
    const app = await workbench('Ahoy.');
    await app.call('PUT', '/api/ai/memory', { instructions: 'Speak like a sailor.', facts: ['db lives elsewhere', 'we pay with house-of-9-keys'] });
    await ask(app, 'compose something');
    const sent = app.model.asked[0]?.instructions.map(({ text }) => text).join('\n');
    expect(sent).toContain('Speak like a sailor.');
    expect(sent).toContain('- db lives elsewhere');
    expect(sent).not.toContain('house-of-9-keys');
  });
});

it('answers beforehand what is likely to be asked next, within a budget and only where there is one', async () => {
  const app = await workbench('Yes.');
  await ask(app, 'compose something');
  expect(app.model.asked).toHaveLength(1);
  const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
  await app.call('PUT', '/api/ai/limits', { ...limits, prefetchPerDay: 0.3 });
  const { conversation } = await ask(app, 'compose something else');
  // Each answer costs a quarter of a dollar.
  await vi.waitFor(async () =>
    expect((await app.call('GET', '/api/ai/runs')).body).toMatchObject({ runs: [{ purpose: 'prefetch' }, { purpose: 'prefetch' }, {}, {}] }),
  );
  const { body } = await app.call('POST', '/api/ai/suggestions', { focus: {} });
  const [next = ''] = z.object({ prompts: z.array(z.string()) }).parse(body).prompts;
  expect((await ask(app, next, { conversation: conversation.id })).end).toMatchObject({ cached: true });
});

it('answers beforehand no longer where the day is spent', async () => {
  const app = await workbench('Yes.');
  const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
  // Enough for the answer and for one of two that may be asked for next.
  await app.call('PUT', '/api/ai/limits', { ...limits, prefetchPerDay: 5, costPerUserAndDay: 0.5 });
  await ask(app, 'compose something');
  await vi.waitFor(async () => expect((await app.call('GET', '/api/ai/runs')).body).toMatchObject({ runs: [{ purpose: 'prefetch' }, {}] }));
  for (let turn = 0; turn < 3; turn++) await ask(app, 'what is broken?', { model: false });
  expect(app.model.asked).toHaveLength(2);
});

it('is served by any server that speaks fetch', async () => {
  const app = await workbench('Hello.');
  const assistant = await app.services.assistant.get();
  const handle = createAssistantHandler({ assistant, authorize: () => askingActor({ actor: localPerson, requestId: 'r' }), newId: () => 'id' });
  const send = (method: string, path: string, body?: object) =>
    handle(new Request(`http://host${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
  const { answer } = askedSchema.parse(await (await send('POST', '/api/ai/chat', { question: 'compose something' })).json());
  const events = await (await send('GET', `/api/ai/messages/${answer.id}/events`)).text();
  expect(
    events
      .trim()
      .split('\n')
      .map((line) => turnFrameSchema.parse(JSON.parse(line)).event.type),
  ).toContain('finished');
  expect((await send('GET', '/api/ai/conversations?limit=many')).status).toBe(400);
  expect((await send('GET', '/api/ai/nothing')).status).toBe(404);
  const nobody = createAssistantHandler({
    assistant,
    authorize: () => askingActor({ actor: { ...localPerson, permissions: new Set() }, requestId: 'r' }),
    newId: () => 'id',
  });
  expect((await nobody(new Request('http://host/api/ai/memory'))).status).toBe(403);
});

it('sends what its person lets it send', async () => {
  const app = await workbench([{ call: 'list_resources', input: { kind: 'Pod' } }], 'Done.');
  await app.call('PUT', '/api/ai/privacy', { sendResourceNames: false, sendPodNames: false, sendLogs: false });
  const { events } = await ask(app, 'compose something about web in shop');
  expect(events.at(-1)).toMatchObject({ state: 'complete' });
  const sent = app.model.asked.flatMap(({ messages }) => messages.map(({ text }) => text)).join('\n');
  expect(sent.split('\n').filter((line) => /\b(?:shop|web)\b/.test(line))).toEqual([]);
});

it('shows what would be sent before it is, and keeps with the run what became of it', async () => {
  const app = await workbench('Done.');
  await app.call('PUT', '/api/ai/privacy', { sendResourceNames: false, sendPodNames: false, sendLogs: false });
  const { body } = await app.call('POST', '/api/ai/context', { question: 'compose something about web in shop' });
  const preview = contextPreviewSchema.parse(body);
  expect(preview).toMatchObject({ models: ['scripted/one'], sections: expect.arrayContaining([expect.objectContaining({ withheld: null })]) });
  expect(preview.sections.reduce((sum, { aliased }) => sum + aliased, 0)).toBeGreaterThan(0);
  expect(JSON.stringify(preview.messages)).not.toMatch(/\b(?:shop|web)\b/);
  // Nothing was asked, and nothing is kept.
  expect([app.model.asked, (await app.call('GET', '/api/ai/conversations')).body]).toEqual([[], { conversations: [], next: null }]);

  const { conversation } = await ask(app, 'compose something about web in shop');
  const run = modelRunSchema.parse((await app.call('GET', `/api/ai/runs/${(await detail(app, conversation.id)).messages.at(-1)?.run}`)).body);
  // Aliases are drawn anew for a new conversation, so that tokens differ by a few.
  const told = (sections: SectionAccount[]) => sections.map(({ tokens: _tokens, fullTokens: _full, ...rest }) => rest);
  expect(told(run.context)).toEqual(told(preview.sections));
});

it('holds back what the engine read in logs also when the conversation goes on', async () => {
  const app = await workbench('Done.');
  const { conversation } = await ask(app, 'what is broken?', { model: false });
  await app.call('PUT', '/api/ai/privacy', { sendLogs: false });
  await ask(app, 'compose something', { conversation: conversation.id });
  expect(app.model.asked[0]?.messages.map(({ text }) => text)).toMatchObject([
    'what is broken?',
    expect.stringMatching(/^\[not sent: logs/),
    expect.any(String),
  ]);
});

it('sends what was attached, with secrets hidden, and nothing of what was taken out', async () => {
  const app = await workbench('Read.', 'Read again.');
  const log = { type: 'text', name: 'app.log', form: 'log', text: 'connected\npassword=hunter2-is-secret\nrefused by db-1' };
  const pod = { type: 'object', kind: 'Pod', namespace: 'shop', name: 'web' };
  const question = { question: 'explain this', attachments: [log, pod] };
  const preview = contextPreviewSchema.parse((await app.call('POST', '/api/ai/context', question)).body);
  const ids = preview.sections.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['attached-1', 'attached-2-status']));
  expect(preview.sections.find(({ id }) => id === 'attached-1')).toMatchObject({ title: 'Attached: app.log', redacted: 1 });
  const { conversation, question: kept } = await ask(app, 'explain this', { attachments: [log, pod], without: ['attached-2-status'] });
  expect(kept.attachments).toEqual([log, pod]);
  await ask(app, 'and the last line?', { conversation: conversation.id });
  const sent = app.model.asked.map(({ messages }) => JSON.stringify(messages.at(-1)));
  expect(sent.map((text) => [text.includes('refused by db-1'), text.includes('hunter2')])).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(sent[0]).not.toContain('Attached: Pod');
  await app.call('PUT', '/api/ai/privacy', { sendLogs: false });
  const withheld = contextPreviewSchema.parse((await app.call('POST', '/api/ai/context', question)).body);
  expect(JSON.stringify(withheld.messages)).not.toContain('refused by db-1');
  expect(withheld.sections.find(({ id }) => id === 'attached-1')).toMatchObject({ withheld: 'sendLogs' });
});

it('is shared with nobody where there is no organisation', async () => {
  const app = await workbench();
  const { conversation } = await ask(app, 'what is broken?');
  expect(await app.call('PATCH', `/api/ai/conversations/${conversation.id}`, { shared: true })).toMatchObject({ status: 403 });
  expect((await app.call('GET', '/api/ai/conversations?shared=true')).body).toMatchObject({ conversations: [] });
});

describe('a plan over HTTP', () => {
  const planOf = async (app: TestApp, userContext = '') => {
    const { body } = await app.call('GET', '/api/issues');
    const [issue] = z.array(z.object({ id: z.string() })).parse(body);
    return planSchema.parse((await app.call('POST', '/api/plans/codex', { issueId: issue?.id, userContext })).body);
  };

  it('sends no secret that a manifest gives away', async () => {
    const app = await workbench('I would rather not.');
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { password: 'orange7tree' } };
    app.cluster.apply(settings);
    await planOf(app, 'It says orange7tree is refused.');
    expect(JSON.stringify(app.model.asked)).toContain('is refused');
    expect(JSON.stringify(app.model.asked)).not.toContain('orange7tree');
  });

  it('counts what is being answered, and keeps to the limits with it', async () => {
    const app = await workbench({ waits: 'Once upon a time ' });
    const limits = z.looseObject({}).parse((await app.call('GET', '/api/ai/limits')).body);
    await app.call('PUT', '/api/ai/limits', { ...limits, costPerUserAndDay: 0.5 });
    const asked = askedSchema.parse((await app.call('POST', '/api/ai/chat', { question: 'compose something' })).body);
    expect((await planOf(app)).quickFix.assumptions.join(' ')).toContain('What is being answered now may use up all that is left');
    await app.call('POST', `/api/ai/messages/${asked.answer.id}/stop`);
  });

  it('is the engine’s where no model is set up, and says so where the model’s can not be used', async () => {
    const engine = await planOf(await workbench());
    const app = await workbench('I would rather not.');
    const plan = await planOf(app);
    expect(plan.quickFix.steps).toEqual(engine.quickFix.steps);
    expect(plan.quickFix.assumptions.join(' ')).toMatch(/engine's plan, made without a model.*agreed form/);
    expect((await app.call('GET', '/api/ai/runs')).body).toMatchObject({ runs: [{ purpose: 'plan', state: 'failed', model: 'scripted/one' }] });
  });
});
