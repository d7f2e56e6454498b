import { expect, it } from 'vitest';
import { colourOf, isProduction, parseMarks } from './cluster-marks.ts';

const cluster = (name: string, production = false) => ({ id: name, name, production });

it.each([
  ['prod-eu', true],
  ['shop-production', true],
  ['arn:aws:eks:eu:1:cluster/prod1', true],
  ['reproduction', false],
  ['product-dev', false],
])('%s is production by its name: %s', (name, expected) => {
  expect(isProduction(cluster(name), {})).toBe(expected);
});

it('is what somebody said in place of the name, but never less than the workbench was told', () => {
  expect(isProduction(cluster('prod-eu'), { 'prod-eu': { production: false } })).toBe(false);
  expect(isProduction(cluster('shop'), { shop: { production: true } })).toBe(true);
  expect(isProduction(cluster('shop', true), { shop: { production: false } })).toBe(true);
});

it('has the colour of danger where others live by it, of care before it, its own elsewhere, or the one that was chosen', () => {
  expect(colourOf(cluster('prod'), {})).toContain(' 25)');
  expect(colourOf(cluster('staging-2'), {})).toContain(' 75)');
  expect(colourOf(cluster('dev'), {})).toBe(colourOf(cluster('dev'), {}));
  expect(colourOf(cluster('dev'), {})).not.toContain(' 25)');
  expect(colourOf(cluster('prod'), { prod: { hue: 240 } })).toContain(' 240)');
});

it('takes nothing for a mark that is none', () => {
  expect(parseMarks('{"a":{"hue":"red; }"}}')).toEqual({});
  expect(parseMarks('nonsense')).toEqual({});
});
