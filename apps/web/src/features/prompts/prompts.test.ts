import { expect, it } from 'vitest';
import { draftOfMemory, memoryOf } from './memory-draft.ts';

it('what a person told is a line a fact, and nothing where nothing was typed', () => {
  const memory = { instructions: 'Be short.', facts: ['checkout is in shop', 'redis has no persistence'] };
  expect(memoryOf(draftOfMemory(memory))).toEqual(memory);
  expect(memoryOf({ instructions: ' ', facts: '\n  one fact \n\n' })).toEqual({ instructions: '', facts: ['one fact'] });
});
