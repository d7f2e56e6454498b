import type { ChatMessage } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { branchOf, newestBelow } from './message-tree.ts';

const message = (id: string, parent: string | null, role: ChatMessage['role']): ChatMessage => ({
  ...{ id, parent, role, conversation: 'c', text: id, createdAt: '', state: 'complete', attachments: [], steps: [], run: null, rating: null },
  focus: { page: null, namespace: null, object: null, issueId: null },
});
const messages = [
  message('q1', null, 'user'),
  message('a1', 'q1', 'assistant'),
  message('q2', 'a1', 'user'),
  message('a2', 'q2', 'assistant'),
  message('q2b', 'a1', 'user'),
  message('a2b', 'q2b', 'assistant'),
];

it('shows the branch to the head, and what else was asked in a place', () => {
  const branch = branchOf(messages, 'a2');
  expect(branch.map(({ message: { id }, siblings }) => [id, siblings])).toEqual([
    ['q1', ['q1']],
    ['a1', ['a1']],
    ['q2', ['q2', 'q2b']],
    ['a2', ['a2']],
  ]);
});

it('shows the newest branch where the head is not known, and no message twice where parents go round', () => {
  expect(branchOf(messages, 'gone').at(-1)?.message.id).toBe('a2b');
  expect(branchOf([], null)).toEqual([]);
  expect(branchOf([message('x', 'y', 'user'), message('y', 'x', 'assistant')], 'x')).toHaveLength(2);
});

it('goes to the newest end below a message', () => {
  expect(['q1', 'q2', 'q2b', 'gone'].map((id) => newestBelow(messages, id))).toEqual(['a2b', 'a2', 'a2b', 'gone']);
});
