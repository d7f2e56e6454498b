import { type Column, parseFilter } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { placeAt, showsFaultsOnly, suggestionsFor, valuesWanted, withFaultsOnly } from './complete-filter.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'restarts', label: 'Restarts', type: 'number' },
  { id: 'age', label: 'Age', type: 'time' },
];
const words = { labels: 'labels', fuzzy: 'fuzzy', faulty: 'faulty', column: 'in', atLeast: 'more' };
const values = { values: [{ value: 'two words', count: 3 }], more: false };

/** The text after the first suggestion for what stands before `|` was taken. */
function completed(marked: string): string | null {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = placeAt(text, caret);
  const [first] = place === null ? [] : suggestionsFor(place, columns, values, words);
  return first === undefined ? null : text.slice(0, first.from) + first.insert + text.slice(first.to);
}

function asked(marked: string): string | null {
  const place = placeAt(marked.replace('|', ''), marked.indexOf('|'));
  return place === null ? null : valuesWanted(place, columns);
}

describe('what is offered while a filter is typed', () => {
  it.each([
    ['na|', 'name:'],
    ['web !sta|', 'web !status:'],
    ['rest|', 'restarts>'],
    ['status:fa|', 'status:faulty '],
    ['web name:| age>1h', 'web name:"two words"  age>1h'],
    ['age>1|', 'age>1h '],
    ['"a b" na|', '"a b" name:'],
    ['name:"two w|', 'name:"two words" '],
    ['-l t|', '-l two words='],
    ['-l zz|', null],
    ['/na|', null],
    ['-f na|', null],
    ['zzz|', null],
  ])('%s', (before, after) => {
    expect(completed(before)).toBe(after);
  });

  it.each([
    ['ns:sh|', 'namespace'],
    ['nosuch:x|', null],
    ['-l |', 'labels'],
    ['-l app=web,ti|', 'labels'],
    ['x -l app=web,tier=|', 'label:tier'],
    ['-l app!=w|', 'label:app'],
    ['web|', null],
  ])('%s asks for %s', (before, of) => {
    expect(asked(before)).toBe(of);
  });

  it('can be read by the filter', () => {
    expect(parseFilter(completed('name:two|') ?? '').terms).toMatchObject([{ type: 'field', column: 'name', text: 'two words' }]);
  });
});

it('shows faults only and everything again, beside whatever else is filtered', () => {
  expect(withFaultsOnly('web', true)).toBe('web status:faulty');
  expect(withFaultsOnly('status:faulty web', true)).toBe('web status:faulty');
  expect(withFaultsOnly('web status:faulty ns:x', false)).toBe('web ns:x');
  expect([showsFaultsOnly('a status:faulty'), showsFaultsOnly('status:faultyx')]).toEqual([true, false]);
});
