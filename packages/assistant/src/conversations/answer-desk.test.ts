import { type ChatMessage, toAppError } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnswerDesk, type FinishedEvent } from './answer-desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const owner = { user: 'ada', organisation: null };
const focus = { page: null, namespace: null, object: null, issueId: null };
const end: FinishedEvent = { type: 'finished', state: 'complete', model: null, usage: null, cost: null, tookMs: 1, cached: false, error: null };
const message: ChatMessage = {
  ...{ id: 'm', conversation: 'c', parent: null, role: 'assistant', text: '', createdAt: '2026-01-01T00:00:00.000Z', state: 'writing' },
  ...{ focus, attachments: [], steps: [], run: null, rating: null },
};

it.each([[false], [true]])('holds a finished answer for a minute and no longer, also where it could not be stored: %s', async (isBroken) => {
  const failures: string[] = [];
  const store = {
    addFrames: async () => undefined,
    frames: async () => [],
    deleteFrames: async () => undefined,
    unfinishedMessages: async () => [],
    takeWriting: async () => true,
    putMessage: async () => (isBroken ? Promise.reject(toAppError(new Error('disk full'))) : undefined),
  };
  const desk = new AnswerDesk({ store, own: 'me', now: Date.now, failed: (error) => failures.push(error.name) });
  desk.start(message, { owner, lease: desk.newLease() }, async () => ({ message: {}, end }));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(desk.find(owner, 'm')?.isFinished).toBe(true);
  await vi.advanceTimersByTimeAsync(31_000);
  expect([desk.find(owner, 'm'), failures.length]).toEqual([null, isBroken ? 1 : 0]);
  await desk.close();
});

it('leaves alone what another process writes, and ends it when that gives no sign of life any more', async () => {
  const stored = { message, writer: '' };
  const store = {
    addFrames: async () => undefined,
    frames: async () => [{ offset: 0, event: { type: 'text' as const, text: 'Half an ans' } }],
    deleteFrames: async () => undefined,
    unfinishedMessages: async () => (stored.message.state === 'writing' ? [{ ...stored }] : []),
    putMessage: async (put: ChatMessage) => {
      stored.message = put;
    },
    takeWriting: async (_id: string, from: string, to: string) => {
      if (stored.writer !== from) return false;
      stored.writer = to;
      return true;
    },
  };
  const failed = (error: Error) => {
    throw error;
  };
  const writing = new AnswerDesk({ store, own: 'first', now: Date.now, failed });
  stored.writer = writing.newLease();
  writing.start(message, { owner, lease: stored.writer }, () => new Promise(() => undefined));
  const others = new AnswerDesk({ store, own: 'second', now: Date.now, failed });
  others.keepRecovering();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(stored.message.state).toBe('writing');
  // Its process is gone, and its machine has another name when it comes back.
  vi.spyOn(store, 'takeWriting').mockImplementation(async (_id, from, to) => !to.startsWith('first') && stored.writer === from);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(stored.message).toMatchObject({ state: 'cut', text: 'Half an ans' });
  await others.close();
});
