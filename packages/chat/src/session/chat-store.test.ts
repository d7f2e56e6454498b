import { AppError, type Asked, type ChatMessage, type ConversationDetail, type RouteDescriptor, type TurnEvent, type TurnFrame } from '@quarterdeck/contract';
import { describe, expect, it, vi } from 'vitest';
import { answerOf, type ChatPeers, ChatStore } from './chat-store.ts';
import type { ChatTransport } from './transport.ts';

const focus = { page: null, namespace: null, object: null, issueId: null };
const conversation = { id: 'c', title: 'Why?', cluster: null, createdAt: '', updatedAt: '', head: 'a', shared: false, own: true };
const message = (id: string, of: Partial<ChatMessage>): ChatMessage => ({
  ...{
    id,
    conversation: 'c',
    parent: null,
    role: 'user',
    text: '',
    createdAt: '',
    state: 'complete',
    attachments: [],
    steps: [],
    run: null,
    rating: null,
    focus,
  },
  ...of,
});
const question = message('q', { text: 'Why?' });
const writing = message('a', { role: 'assistant', parent: 'q', state: 'writing' });
const end: TurnEvent = { type: 'finished', state: 'complete', model: 'p/m', usage: null, cost: null, tookMs: 1, cached: false, error: null };
const events: TurnEvent[] = [{ type: 'quick', text: 'At once. ' }, { type: 'text', text: 'Then ' }, { type: 'text', text: 'more.' }, end];
const frames: TurnFrame[] = events.map((event, offset) => ({ offset, event }));
const whole = message('a', { role: 'assistant', parent: 'q', text: 'Then more.', steps: [{ type: 'quick', text: 'At once. ' }, end] });

/** A server that breaks the stream after each of these numbers of frames, and answers the rest then. */
function server(...cuts: number[]) {
  let detail: ConversationDetail = { conversation, messages: [question, writing] };
  const followedFrom: number[] = [];
  const answer = (route: RouteDescriptor): unknown => {
    if (route.id === 'ask') return { conversation, question, answer: writing } satisfies Asked;
    return detail;
  };
  const transport: ChatTransport = {
    call: async (route) => route.output.parse(structuredClone(answer(route))),
    async *follow(route, input) {
      const from = Number(Reflect.get(input, 'from'));
      followedFrom.push(from);
      const cut = cuts.shift();
      for (const frame of frames.slice(from, cut)) yield route.output.parse(frame);
      if (cut !== undefined) throw new AppError('INTERNAL_ERROR', 'The line is cut.');
      detail = { conversation, messages: [question, whole] };
    },
  };
  return { transport, followedFrom };
}

/** Two pages of one person. */
function line(): ChatPeers {
  const listeners = new Set<(id: string) => void>();
  return {
    post: (id) => void queueMicrotask(() => [...listeners].forEach((listener) => void listener(id))),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const storeOn = (transport: ChatTransport, peers = line()) => new ChatStore({ transport, peers, wait: async () => undefined });
const shown = (store: ChatStore) => {
  const state = store.read('c');
  const last = state.detail?.messages.at(-1);
  return last === undefined ? null : { state: last.state, ...answerOf(state, last) };
};

describe('the conversations of a page', () => {
  it('follows an answer to its end over lost streams, asking for no event twice', async () => {
    const { transport, followedFrom } = server(1, 1, 3);
    const store = storeOn(transport);
    const leave = store.subscribe('c', () => undefined);
    await vi.waitFor(() => expect(shown(store)).toMatchObject({ state: 'complete', quick: 'At once. ', text: 'Then more.' }));
    expect(followedFrom).toEqual([0, 1, 1, 3]);
    expect(store.read('c').lost).toBe(false);
    leave();
  });

  it('shows a question at once, and its answer in every page that looks', async () => {
    const { transport } = server();
    const peers = line();
    const [one, other] = [storeOn(transport, peers), storeOn(transport, peers)];
    const ends = [one.listen(), other.listen(), one.subscribe('c', () => undefined), other.subscribe('c', () => undefined)];
    await one.ask({ question: 'Why?' });
    for (const store of [one, other]) await vi.waitFor(() => expect(shown(store)).toMatchObject({ state: 'complete', text: 'Then more.' }));
    for (const leave of ends) leave();
  });

  it('says why a conversation is not there, and follows nothing when nobody looks', async () => {
    const refused: ChatTransport = {
      call: async () => {
        throw new AppError('NOT_FOUND', 'There is no conversation c.');
      },
      follow: () => {
        throw new Error('Nobody asked for it.');
      },
    };
    const store = storeOn(refused);
    store.subscribe('c', () => undefined);
    await vi.waitFor(() => expect(store.read('c').error).toMatchObject({ code: 'NOT_FOUND' }));
    const { transport, followedFrom } = server();
    const left = storeOn(transport);
    left.subscribe('c', () => undefined)();
    await left.ask({ question: 'Why?' });
    expect(followedFrom).toEqual([]);
  });
});
