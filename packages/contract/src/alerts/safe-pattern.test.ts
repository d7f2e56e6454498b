import { expect, it } from 'vitest';
import { isSafePattern } from './safe-pattern.ts';

it.each([
  ['', true],
  ['BackOff|Failed', true],
  ['^Failed(Mount|Scheduling)$', true],
  ['probe failed: .* 50[0-9]', true],
  ['a{2,5}b+', true],
  ['(a+)+$', false],
  ['(a*)*', false],
  ['([a-z]+){10,}x', false],
  ['(a|aa)+$', false],
  ['((a+)b)*', false],
  ['(.)\\1', false],
  ['(?<x>a)\\k<x>', false],
  ['[', false],
  ['(a', false],
])('%s: %s', (pattern, safe) => expect(isSafePattern(pattern)).toBe(safe));
