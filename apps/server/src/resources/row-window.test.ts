import type { Column, Row } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstSorted } from './first-sorted.ts';
import { createRowWindow } from './row-window.ts';
import { windowDelta } from './window-delta.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'restarts', label: 'Restarts', type: 'number' },
];

function row(name: string, namespace: string, status: string, restarts: number | null, state: Row['state'] = 'healthy'): Row {
  return { uid: `${namespace}/${name}`, object: { apiVersion: 'v1', kind: 'Pod', namespace, name }, cells: [name, namespace, status, restarts], state };
}

const rows = [
  row('web-10', 'shop', 'Running', 0),
  row('web-2', 'shop', 'CrashLoopBackOff', 12, 'critical'),
  row('db-0', 'shop-data', 'Running', null),
  row('web-1', 'kube-system', 'Pending', 3, 'pending'),
];

function names(filter: string, sort = '', offset = 0, limit = 100): string[] {
  return createRowWindow({ filter, sort, offset, limit }, columns, 'name')(rows).rows.map(({ object }) => object.name);
}

describe('filter', () => {
  it.each([
    ['', ['db-0', 'web-1', 'web-2', 'web-10']],
    ['WEB', ['web-1', 'web-2', 'web-10']],
    ['web crash', ['web-2']],
    ['!web', ['db-0']],
    ['ns:shop', ['db-0', 'web-2', 'web-10']],
    ['!ns:data ns:shop', ['web-2', 'web-10']],
    ['status:run', ['db-0', 'web-10']],
    ['status:critical', ['web-2']],
    ['!status:running', ['web-1', 'web-2']],
    ['/^web-\\d$/', ['web-1', 'web-2']],
    ['!/^web-\\d$/ web', ['web-10']],
    ['/unfinished', []],
    ['12', ['web-2']],
    ['!', []],
  ])('%s', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('says so when a regular expression is broken', () => {
    expect(() => names('/(/')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});

describe('a regular expression without an end', () => {
  it('is stopped', () => {
    const long = [row(`${'a'.repeat(60)}!`, 'shop', 'Running', 0)];
    const cut = createRowWindow({ filter: '/(a+)+$/', sort: '', offset: 0, limit: 1 }, columns, 'name');
    expect(() => cut(long)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});

describe('firstSorted', () => {
  it('is the beginning of the sorted list', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.nat(9), id: fc.nat() })), fc.nat(20), (items, count) => {
        const order = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(firstSorted(items, order, count)).toEqual(items.toSorted(order).slice(0, count));
      }),
    );
  });
});

describe('sort', () => {
  it('sorts numbers in names as numbers, and by name where values are equal', () => {
    expect(names('', 'status')).toEqual(['web-2', 'web-1', 'web-10', 'db-0']);
    expect(names('', '-name')).toEqual(['web-10', 'web-2', 'web-1', 'db-0']);
  });

  it('puts rows without a value last in both directions', () => {
    expect(names('', 'restarts')).toEqual(['web-10', 'web-1', 'web-2', 'db-0']);
    expect(names('', '-restarts')).toEqual(['web-2', 'web-1', 'web-10', 'db-0']);
  });

  it('names the columns there are when one is not', () => {
    expect(() => names('', 'cpu')).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.stringContaining('restarts') }));
  });
});

describe('window', () => {
  it('gives a part and the number of all that match', () => {
    const cut = createRowWindow({ filter: 'web', sort: '', offset: 1, limit: 1 }, columns, 'name')(rows);
    expect(cut).toMatchObject({ total: 3, rows: [{ object: { name: 'web-2' } }] });
  });
});

describe('windowDelta', () => {
  const anyRow = fc
    .record({ name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), status: fc.constantFrom('Running', 'Pending', 'Failed'), restarts: fc.nat(3) })
    .map(({ name, status, restarts }) => row(name, 'shop', status, restarts));
  const anyRows = fc.uniqueArray(anyRow, { selector: ({ uid }) => uid });
  const anyRequest = fc.record({
    filter: fc.constantFrom('', 'Running', '!Failed'),
    sort: fc.constantFrom('', '-restarts', 'status'),
    offset: fc.nat(3),
    limit: fc.integer({ min: 1, max: 4 }),
  });

  it("applied by a client that forgets what leaves its window, gives the server's window", () => {
    fc.assert(
      fc.property(anyRequest, fc.array(anyRows, { minLength: 1, maxLength: 6 }), (request, states) => {
        const cut = createRowWindow(request, columns, 'name');
        let sent = cut(states[0] ?? []);
        let client = new Map(sent.rows.map((each) => [each.uid, each]));
        for (const state of states.slice(1)) {
          const next = cut(state);
          const delta = windowDelta(sent, next);
          sent = next;
          if (delta !== null) {
            const upserts = new Map(delta.upserts.map((each) => [each.uid, each]));
            client = new Map(
              delta.order.flatMap((uid) => ((upserts.get(uid) ?? client.get(uid)) ? [[uid, upserts.get(uid) ?? client.get(uid) ?? row('', '', '', 0)]] : [])),
            );
          }
          expect([...client.values()]).toEqual(next.rows);
        }
      }),
    );
  });

  it('is null when nothing that is shown changed', () => {
    const before = { rows: [row('a', 'shop', 'Running', 0)], total: 5 };
    expect(windowDelta(before, { rows: [row('a', 'shop', 'Running', 0)], total: 5 })).toBeNull();
    expect(windowDelta(before, { ...before, total: 6 })).toEqual({ upserts: [], order: ['shop/a'], total: 6 });
  });
});
