import { expect, it } from 'vitest';
import { mentionAt, withMention } from './mention.ts';

it.each([
  ['why does @shop/ap', 17, { typed: 'shop/ap', from: 9 }],
  ['@', 1, { typed: '', from: 0 }],
  ['mail ops@example.com', 20, null],
  ['@api fails', 10, null],
])('%j at %i', (text, cursor, expected) => {
  expect(mentionAt(text, cursor)).toEqual(expected);
});

it('puts a name in its place', () => {
  expect(withMention('why @ap now', { typed: 'ap', from: 4 }, 'shop/api')).toEqual({ text: 'why shop/api now', cursor: 13 });
  expect(withMention('why @ap', { typed: 'ap', from: 4 }, 'shop/api')).toEqual({ text: 'why shop/api ', cursor: 13 });
});
