import { describe, expect, it } from 'vitest';
import { builtInKnowledge } from '../run/knowledge.ts';
import { remedies } from './remedies/index.ts';

describe('the registry', () => {
  it('has a remedy for every mechanism, or what is missing for one', () => {
    const covered = new Set(remedies.flatMap(({ mechanisms }) => mechanisms));
    expect([...builtInKnowledge.mechanisms.keys(), 'unexplained', 'wait-cycle'].filter((mechanism) => !covered.has(mechanism))).toEqual([]);
  });
});
