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
  ...{ focus, steps: [], run: null, rating: null },
};

it.each([[false], [true]])('holds a finished answer for a minute and no longer, also where it could not be stored: %s', async (isBroken) => {
  const failures: string[] = [];
  const store = {
    addFrames: async () => undefined,
    frames: async () => [],
    deleteFrames: async () => undefined,
    unfinishedMessages: async () => [],
    putMessage: async () => (isBroken ? Promise.reject(toAppError(new Error('disk full'))) : undefined),
  };
  const desk = new AnswerDesk({ store, writers: { own: 'me', mayWrite: () => true }, now: Date.now, failed: (error) => failures.push(error.name) });
  desk.start(message, owner, async () => ({ message: {}, end }));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(desk.find(owner, 'm')?.isFinished).toBe(true);
  await vi.advanceTimersByTimeAsync(31_000);
  expect([desk.find(owner, 'm'), failures.length]).toEqual([null, isBroken ? 1 : 0]);
  await desk.close();
});
