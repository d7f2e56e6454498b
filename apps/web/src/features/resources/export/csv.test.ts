import type { Column, Row } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { row } from '../../../testing/samples.ts';
import { csvOf } from './csv.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'message', label: 'Message, whole', type: 'text' },
  { id: 'restarts', label: 'Restarts', type: 'number' },
];
const linesOf = (rows: Row[], ids = ['name', 'message', 'restarts']) => csvOf(columns, ids, rows).replace('\u{FEFF}', '').split('\r\n');

it('writes what is shown, in that order, and quotes what needs it', () => {
  expect(linesOf([row('a', ['a', 'said "no",\nthen left', 3]), row('b', ['b', null, -1])], ['restarts', 'name', 'message', 'nosuch'])).toEqual([
    'Restarts,Name,"Message, whole"',
    '3,a,"said ""no"",\nthen left"',
    '-1,b,',
    '',
  ]);
});

it('leaves nothing in it that a spreadsheet would run', () => {
  const texts = ['=1+1', '+1', '-1', '@sum', '\t=1', '=HYPERLINK("x")'];
  expect(
    linesOf(
      texts.map((text) => row(text, ['x', text, 0])),
      ['message'],
    ).slice(1, -1),
  ).toEqual(["'=1+1", "'+1", "'-1", "'@sum", "'\t=1", '"\'=HYPERLINK(""x"")"']);
});
