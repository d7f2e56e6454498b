import { type AssistantLimits, type TokenUsage, type TurnEvent, usualAssistantLimits } from '@quarterdeck/contract';
import { brokenCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ModelError } from '../model/model-error.ts';
import { createPrivacy, type PrivacyOptions } from '../privacy/create-privacy.ts';
import { defaultPrivacySettings, type KnownName } from '../privacy/privacy-settings.ts';
import { instructionsFor } from '../prompts/instructions.ts';
import { finish, type ScriptedStep, said, scriptedModel } from '../testing/scripted-model.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { defineAssistantTool } from '../tools/define-tool.ts';
import { kubernetesTools } from '../tools/kubernetes-tools.ts';
import { runTurn, type TurnResult } from './turn.ts';

const never = new AbortController().signal;

interface Options {
  limits?: Partial<AssistantLimits>;
  costOf?: (model: string, usage: TokenUsage) => number | null;
  earlier?: { role: 'user'; text: string }[];
  signal?: AbortSignal;
  tools?: ReturnType<typeof kubernetesTools>;
  privacy?: Partial<PrivacyOptions>;
  onEvent?: (event: TurnEvent) => void;
}

async function turn(script: readonly ScriptedStep[], options: Options = {}) {
  const model = scriptedModel(...script);
  const tools = options.tools ?? kubernetesTools(testCluster(brokenCluster()));
  const memory = { instructions: '', facts: [] };
  const input = {
    instructions: instructionsFor('troubleshoot', memory, (text) => text).parts,
    messages: [...(options.earlier ?? []), { role: 'user' as const, text: 'Why does api not start?' }],
    tools,
    limits: { ...usualAssistantLimits, ...options.limits },
  };
  const parts = {
    ...{ models: model.chain, privacy: createPrivacy({ settings: defaultPrivacySettings, ...options.privacy }), mark: 'MARK', now: () => 0 },
    countTokens: (text: string) => Math.ceil(text.length / 4),
    costOf: options.costOf ?? (() => 0.01),
  };
  const events: TurnEvent[] = [];
  const running = runTurn(input, parts, options.signal ?? never);
  for (;;) {
    const next = await running.next();
    if (next.done === true) return { events, result: next.value, asked: model.asked };
    events.push(next.value);
    options.onEvent?.(next.value);
  }
}

const textOf = (events: readonly TurnEvent[]) => events.flatMap((event) => (event.type === 'text' ? event.text : '')).join('');

describe('a turn', () => {
  it('calls tools side by side, gives what they gave as data, and ends with the answer', async () => {
    const calls = [
      { call: 'list_issues', input: { search: 'api' } },
      { call: 'describe_resource', input: { kind: 'Pod', name: 'api-5f4d-x1' } },
    ];
    const { events, result, asked } = await turn([calls, 'The ConfigMap **api-settings** is missing.']);
    expect(textOf(events)).toBe('The ConfigMap **api-settings** is missing.');
    expect(result).toMatchObject({ state: 'complete', model: 'scripted/one', cost: 0.02, usage: { input: 200, output: 40 } });
    expect(result.tools.map(({ name, failed }) => [name, failed])).toEqual([
      ['list_issues', false],
      ['describe_resource', false],
    ]);
    expect(asked[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
    expect(asked[1]?.messages[2]?.text).toMatch(/^<<MARK result of list_issues\n[\s\S]*api-settings[\s\S]*\nMARK>>$/);
    expect(result.requests).toHaveLength(2);
  });

  it('sends what was reviewed', async () => {
    const { asked } = await turn([[{ call: 'get_issue', input: { id: 'none' } }], 'There is none.']);
    await expect(`${JSON.stringify(asked, null, 1)}\n`).toMatchFileSnapshot('sent.golden.json');
  });

  it('gives the rest of what is too long by its handle', async () => {
    const long = defineAssistantTool({
      name: 'long',
      title: 'Long',
      description: 'Long.',
      permission: 'resource.read',
      effect: 'read',
      input: z.object({}),
      run: async () => ({ value: `${'a'.repeat(20_000)}\nneedle here\nend`, seen: [] }),
    });
    const script: ScriptedStep[] = [[{ call: 'long', input: {} }], [{ call: 'read_more', input: { handle: 'r1', find: 'needle' } }], 'Found.'];
    const { asked } = await turn(script, { tools: [long] });
    expect(asked[1]?.messages.at(-1)?.text).toMatch(/more characters\. read_more with handle "r1"/);
    expect(asked[1]?.messages.at(-1)?.text.length).toBeLessThan(12_500);
    expect(asked[2]?.messages.at(-1)?.text).toContain('needle here');
  });

  it('finds names in what is too long by what stands for them', async () => {
    const long = defineAssistantTool({
      name: 'long',
      title: 'Long',
      description: 'Long.',
      permission: 'resource.read',
      effect: 'read',
      input: z.object({}),
      run: async () => ({ value: `checkout\n${'a'.repeat(20_000)}\ncheckout is here\nend`, seen: [] }),
    });
    const looksFor: ScriptedStep = ({ messages }) => {
      const [alias = ''] = /svc-\w{6}/.exec(messages.at(-1)?.text ?? '') ?? [];
      return [{ type: 'toolCall', id: 'x', name: 'read_more', input: { handle: 'r1', find: `${alias} here` } }, finish('toolCalls')];
    };
    const settings = { ...defaultPrivacySettings, sendResourceNames: false };
    const names: KnownName[] = [{ name: 'checkout', kind: 'Service', leavesWith: 'sendResourceNames' }];
    const { asked } = await turn([[{ call: 'long', input: {} }], looksFor, 'Found.'], { tools: [long], privacy: { settings, names } });
    expect(asked[2]?.messages.at(-1)?.text).toMatch(/svc-\w{6} is here/);
  });

  it('ends what goes round in circles, and what fails again and again', async () => {
    const same: ScriptedStep = [{ call: 'list_issues', input: {} }];
    const circling = await turn([same]);
    expect(circling.result).toMatchObject({ state: 'limited' });
    expect(circling.result.tools.filter(({ failed }) => !failed)).toHaveLength(2);
    expect(circling.asked.at(-1)?.messages.at(-1)).toMatchObject({ role: 'user', text: expect.stringContaining('Answer now') });
    const failing = await turn([(request) => [{ type: 'toolCall', id: 'x', name: `none${request.messages.length}`, input: {} }, finish('toolCalls')]]);
    expect(failing.result.tools).toHaveLength(3);
  });

  it.each([
    [{ stepsPerAnswer: 2 }, 'the limit of 2 steps'],
    [{ toolCallsPerAnswer: 1 }, 'the limit of 1 calls'],
    [{ tokensPerAnswer: 1_000 }, 'the limit of 1000 tokens'],
    [{ costPerAnswer: 0.02 }, 'the limit of $0.02'],
  ])('keeps within %j', async (limits, words) => {
    const { result, events } = await turn(
      [(request) => [{ type: 'toolCall', id: 'x', name: 'list_events', input: { limit: request.messages.length } }, finish('toolCalls')]],
      { limits },
    );
    expect(result.state).toBe('limited');
    expect(events.at(-1)).toMatchObject({ type: 'note', text: expect.stringContaining(words) });
  });

  it('lets an answer be no longer than what is left of tokens and money', async () => {
    const first = async (limits: Partial<AssistantLimits>, costOf?: (model: string, usage: TokenUsage) => number | null) => {
      const { asked } = await turn(['Yes.'], { limits, tools: [], ...(costOf === undefined ? {} : { costOf }) });
      return asked[0]?.maxOutputTokens ?? 0;
    };
    const dear = (_: string, { output }: TokenUsage) => output / 1_000;
    expect(await first({})).toBe(8_192);
    expect(await first({ costPerAnswer: 1 }, dear)).toBe(1_000);
    expect(await first({ costPerAnswer: 1 }, () => null)).toBe(8_192);
    expect(await first({ tokensPerAnswer: 4_000 })).toBeLessThan(4_000);
    expect(await first({ costPerAnswer: 0.01 }, dear)).toBe(256);
  });

  it('keeps what was written when it is stopped or breaks off', async () => {
    const stop = new AbortController();
    const stopped = await turn([[...said('A long answer that is never read to its end.'), finish('stop')]], {
      signal: stop.signal,
      onEvent: (event) => (event.type === 'text' ? stop.abort() : undefined),
    });
    expect(stopped.result).toMatchObject({ state: 'stopped', error: null, text: expect.stringMatching(/^A long/) });
    const overloaded = new ModelError('overloaded', 'The provider is overloaded.', { provider: 'scripted', hint: 'Ask again.' });
    const broken = await turn([[...said('Half an answer and then'), overloaded]]);
    expect(broken.result).toMatchObject({
      state: 'failed',
      text: 'Half an answer and then',
      error: { code: 'RATE_LIMITED', hint: 'Ask again.' },
      usage: { estimated: true },
    });
    expect(broken.events.at(-1)).toMatchObject({ type: 'note', text: expect.stringContaining('broke off') });
  });

  it('opens names in answers and calls, and seals them in what goes out', async () => {
    const settings = { ...defaultPrivacySettings, sendResourceNames: false, sendPodNames: false };
    const names: KnownName[] = [
      { name: 'api-5f4d-x1', kind: 'Pod', leavesWith: 'sendPodNames' },
      { name: 'api-settings', kind: 'ConfigMap', leavesWith: 'sendResourceNames' },
    ];
    const aliases = {
      key: 'ab'.repeat(32),
      entries: [
        { name: 'api-5f4d-x1', alias: 'pod-abcdef' },
        { name: 'api-settings', alias: 'cm-abcdef' },
      ],
    };
    const calls = [{ call: 'describe_resource', input: { kind: 'Pod', name: 'pod-abcdef', namespace: 'shop' } }];
    const { events, asked, result } = await turn([calls, 'It needs `cm-abcdef`.'], { privacy: { settings, names, aliases } });
    expect(textOf(events)).toBe('It needs `api-settings`.');
    expect(events).toContainEqual(expect.objectContaining({ type: 'toolStarted', input: { kind: 'Pod', name: 'api-5f4d-x1', namespace: 'shop' } }));
    expect(asked[1]?.messages.at(-1)?.text).toContain('cm-abcdef');
    expect(asked[1]?.messages.at(-1)?.text).not.toMatch(/api-5f4d-x1|api-settings/);
    expect(result.answers.at(-1)).toBe('It needs `cm-abcdef`.');
  });

  it('does not send logs where they may not leave', async () => {
    const privacy = { settings: { ...defaultPrivacySettings, sendLogs: false } };
    const { asked } = await turn([[{ call: 'get_logs', input: { name: 'web-5f4d-x1', include: 'x' } }], 'No.'], {
      privacy,
      tools: kubernetesTools(testCluster(brokenCluster(), { logs: { 'web-5f4d-x1/app': ['2026-05-04T11:00:00Z x password-like words'] } })),
    });
    expect(asked[1]?.messages.at(-1)?.text).toContain('not sent: logs');
    expect(asked[1]?.messages.at(-1)?.text).not.toContain('words');
  });

  it('warns of orders in data, and of nothing else', async () => {
    const { events } = await turn([
      [
        { call: 'list_resources', input: { kind: 'Pod' } },
        { call: 'get_issue', input: { id: 'none' } },
      ],
      'Nothing.',
    ]);
    expect(events.filter(({ type }) => type === 'note')).toEqual([]);
  });

  const tooLong = new ModelError('contextOverflow', 'Too long.', { provider: 'scripted', hint: 'Ask for less.' });
  const long = defineAssistantTool({
    name: 'long',
    title: 'Long',
    description: 'Long.',
    permission: 'resource.read',
    effect: 'read',
    input: z.object({}),
    run: async () => ({ value: 'words of a log '.repeat(700), seen: [] }),
  });

  it('asks once more with less where it was too long: without what was said first, then with long results cut', async () => {
    const earlier = ['first '.repeat(4_000), 'second'].map((text) => ({ role: 'user' as const, text }));
    const forgetting = await turn([[tooLong], 'Short.'], { earlier });
    expect(forgetting.result).toMatchObject({ state: 'complete', text: 'Short.' });
    expect(forgetting.asked[1]?.messages.map(({ text }) => text)).toEqual(['second', 'Why does api not start?']);
    const cutting = await turn([[{ call: 'long', input: {} }], [tooLong], 'Short.'], { tools: [long] });
    expect(cutting.result.state).toBe('complete');
    expect(cutting.asked[2]?.messages.at(-1)?.text).toMatch(/^<<MARK result of long[\s\S]{1000,2000}left out[^\n]*\nMARK>>$/);
    expect(cutting.events).toContainEqual({ type: 'note', level: 'info', text: expect.stringContaining('too long for the model') });
    expect((await turn([[tooLong]], { earlier })).result).toMatchObject({ state: 'failed', requests: [] });
  });

  it.each([
    ['an error', [new ModelError('filtered', 'Filtered.', { provider: 'scripted', hint: 'Ask otherwise.' })]],
    ['an ending', [finish('filtered')]],
  ])('asks once more without the last result where a filter stopped it by %s, and says so', async (_, filtered) => {
    const { result, asked, events } = await turn([[{ call: 'list_issues', input: {} }], filtered, 'All the same.']);
    expect(result).toMatchObject({ state: 'complete', text: 'All the same.', error: null });
    expect(asked[2]?.messages.at(-1)).toMatchObject({ role: 'tool', text: "withheld by the provider's filter" });
    expect(events).toContainEqual({ type: 'note', level: 'info', text: expect.stringContaining('without the result of list_issues') });
    const again = await turn([[{ call: 'list_issues', input: {} }], filtered, filtered]);
    expect([again.result.state, again.asked.length]).toEqual(['failed', 3]);
    expect((await turn([filtered])).asked).toHaveLength(1);
  });

  it('says that a model would not answer', async () => {
    const { result }: { result: TurnResult } = await turn([[finish('refusal')]]);
    expect(result).toMatchObject({ state: 'failed', error: { message: expect.stringContaining('would not') } });
  });
});
