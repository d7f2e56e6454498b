import { logFilterSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { createLogSieve } from './log-filter.ts';

const entry = (text: string, container = 'app') => ({ pod: 'web', container, time: '', text });
const texts = (filter: object, lines: readonly string[]) =>
  createLogSieve(logFilterSchema.parse(filter))
    .take(lines.map((line) => entry(line)))
    .map(({ text, context }) => (context === true ? `(${text})` : text));

describe('the filter', () => {
  it('keeps what matches every expression and none of the excluded ones', () => {
    const lines = ['GET /a 200', 'GET /b 500', 'POST /b 500', 'get /c 500'];
    expect(texts({ include: ['(?i)^get', '500'], exclude: ['/c'] }, lines)).toEqual(['GET /b 500']);
  });

  it('shows the lines around a match once, of the same container alone', () => {
    const sieve = createLogSieve(logFilterSchema.parse({ include: ['!'], before: 1, after: 1 }));
    const first = sieve.take([entry('a'), entry('b'), entry('x', 'side'), entry('c!'), entry('d!')]);
    const second = sieve.take([entry('y', 'side'), entry('e'), entry('f')]);
    expect([...first, ...second].map(({ text }) => text)).toEqual(['b', 'c!', 'd!', 'e']);
  });

  it('keeps what is as bad as wanted, or worse', () => {
    expect(texts({ severity: 'warn' }, ['{"level":50,"msg":"a"}', 'INFO b', '[WARN] c', 'd'])).toEqual(['{"level":50,"msg":"a"}', '[WARN] c']);
  });

  it('lets every word about the log pass', () => {
    const marker = { ...entry('lost'), marker: 'lost' as const };
    expect(createLogSieve(logFilterSchema.parse({ include: ['never'] })).take([marker])).toEqual([marker]);
  });

  it('says which expression is broken, and ends one that takes too long', () => {
    expect(() => texts({ include: ['('] }, [])).toThrow('"(" is no regular expression.');
    expect(() => texts({ include: ['(a+)+$'] }, [`${'a'.repeat(40)}b`])).toThrow('takes too long');
  });
});
