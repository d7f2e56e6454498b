import type { ChatMessage, TurnEvent, TurnFrame } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type AnswerView, emptyAnswer, storedAnswer, withFrame, withFrames } from './answer-view.ts';

const end: TurnEvent = { type: 'finished', state: 'complete', model: 'p/m', usage: null, cost: 0.1, tookMs: 9, cached: false, error: null };
const started: TurnEvent = { type: 'toolStarted', id: 't', tool: 'get_logs', title: 'Read a log', input: { pod: 'web' } };
const ended: TurnEvent = { type: 'toolEnded', id: 't', tool: 'get_logs', summary: '3 lines', failed: false, tookMs: 5 };
const proposal = { summary: 'Restarts web', kubectl: 'kubectl …', action: null, preview: null, reason: 'It hangs.' };
const waiting: TurnEvent = { type: 'waiting', provider: 'p', model: 'm', reason: 'busy', forMs: 500 };
const answering: TurnEvent = { type: 'answering', provider: 'p', model: 'm', local: false, fallback: false };

const frames = (...events: TurnEvent[]): TurnFrame[] => events.map((event, offset) => ({ offset, event }));
const after = (...events: TurnEvent[]): AnswerView => withFrames(emptyAnswer, frames(...events));

describe('an answer', () => {
  it.each<[string, TurnEvent[], Partial<AnswerView>]>([
    ['what was understood', [{ type: 'understood', text: 'Why does web fail?' }], { understood: 'Why does web fail?' }],
    [
      'the engine’s words, piece by piece',
      [
        { type: 'quick', text: 'The ' },
        { type: 'quick', text: 'image.' },
      ],
      { quick: 'The image.' },
    ],
    ['who answers', [answering], { by: { provider: 'p', model: 'm', local: false, fallback: false } }],
    ['that a model is waited for, until it speaks', [waiting], { waiting: { provider: 'p', model: 'm', reason: 'busy', forMs: 500 } }],
    ['the model’s words', [waiting, { type: 'text', text: 'So ' }, { type: 'text', text: 'it is.' }], { text: 'So it is.', waiting: null }],
    ['what it thought', [waiting, { type: 'reasoning', text: 'Hm' }], { reasoning: 'Hm', waiting: null }],
    ['a step under way', [started], { steps: [{ id: 't', tool: 'get_logs', title: 'Read a log', input: { pod: 'web' }, result: null }] }],
    ['a step with its result', [started, ended], { steps: [expect.objectContaining({ id: 't', result: { summary: '3 lines', failed: false, tookMs: 5 } })] }],
    ['a result whose beginning was not seen', [ended], { steps: [expect.objectContaining({ title: 'get_logs', input: null })] }],
    ['a proposal', [{ type: 'proposal', id: 'a', proposal }], { proposals: [{ id: 'a', proposal }] }],
    ['a note', [{ type: 'note', level: 'warning', text: 'Cut.' }], { notes: [{ level: 'warning', text: 'Cut.' }] }],
    ['its end', [waiting, end], { end: expect.objectContaining({ state: 'complete' }), waiting: null }],
  ])('tells %s', (_what, events, expected) => {
    expect(after(...events)).toMatchObject(expected);
  });

  const all = frames({ type: 'quick', text: 'a' }, started, { type: 'text', text: 'b' }, ended, { type: 'text', text: 'c' }, end);

  it('is the same however often the stream was lost and followed anew', () => {
    const whole = withFrames(emptyAnswer, all);
    for (let cut = 0; cut <= all.length; cut += 1) {
      const before = withFrames(emptyAnswer, all.slice(0, cut));
      expect(withFrames(before, all.slice(before.next))).toEqual(whole);
      // A second stream tells some of it again.
      expect(withFrames(before, all.slice(Math.max(0, cut - 2)))).toEqual(whole);
    }
  });

  it('is not changed by what comes after its end', () => {
    const whole = withFrames(emptyAnswer, all);
    expect(withFrame(whole, { offset: 99, event: { type: 'text', text: 'more' } })).toBe(whole);
  });

  it('takes an end that comes alone, because the rest is stored', () => {
    expect(withFrame(withFrames(emptyAnswer, all.slice(0, 2)), { offset: 2, event: end })).toMatchObject({ end: { state: 'complete' }, next: 3 });
  });
});

describe('a stored answer', () => {
  const message = (of: Partial<ChatMessage>): ChatMessage => ({
    ...{
      id: 'm',
      conversation: 'c',
      parent: 'q',
      role: 'assistant',
      text: '',
      createdAt: '',
      state: 'complete',
      attachments: [],
      steps: [],
      run: null,
      rating: null,
    },
    ...{ focus: { page: null, namespace: null, object: null, issueId: null } },
    ...of,
  });

  it('has the model’s words apart from the engine’s', () => {
    expect(storedAnswer(message({ text: 'b', steps: [{ type: 'quick', text: 'a' }, end] }))).toMatchObject({ quick: 'a', text: 'b', end: {} });
    expect(storedAnswer(message({ text: 'a', steps: [{ type: 'quick', text: 'a' }, end] }))).toMatchObject({ quick: 'a', text: '' });
  });

  it('is told by its events while it is written', () => {
    expect(storedAnswer(message({ state: 'writing', text: 'half' }))).toBe(emptyAnswer);
  });
});
