import { expect, it } from 'vitest';
import { parseQuantity } from './quantity.ts';

it.each([
  ['500m', 0.5],
  ['2', 2],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['100k', 100_000],
  ['1e3', 1000],
  ['.5', 0.5],
  ['12E', 12e18],
  ['250n', 250e-9],
  ['', null],
  ['1 Gi', null],
  ['1KiB', null],
])('parses %s', (text, value) => {
  const parsed = parseQuantity(text);
  if (value === null) expect(parsed).toBeNull();
  else expect(parsed).toBeCloseTo(value, 9);
});
