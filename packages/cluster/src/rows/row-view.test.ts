import { AppError, type Column, type Row } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveRow } from './live-row.ts';
import type { RowBatch, RowList } from './row-list.ts';
import { type RowQuery, RowView, type RowWindow } from './row-view.ts';
import { windowDelta } from './window-delta.ts';

const columns: Column[] = [
  { id: 'name', label: 'Name', type: 'name' },
  { id: 'namespace', label: 'Namespace', type: 'text' },
  { id: 'status', label: 'Status', type: 'status' },
  { id: 'restarts', label: 'Restarts', type: 'number' },
  { id: 'age', label: 'Age', type: 'time' },
];

interface Fields {
  name: string;
  namespace?: string;
  status?: string;
  restarts?: number | null;
  age?: string | null;
  labels?: Record<string, string>;
}

function row({ name, namespace = 'shop', status = 'Running', restarts = 0, age = null, labels }: Fields): LiveRow {
  const object = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  return new LiveRow({ uid: `${namespace}/${name}`, object, cells: [name, namespace, status, restarts, age], state: 'healthy' }, labels, undefined);
}

/** Rows that the test changes by hand. */
class TestRows implements RowList {
  readonly defaultSort = 'name';
  readonly state = 'live';
  readonly error = null;
  readonly asOf = 0;
  readonly reading = false;
  readonly unread = [];
  columns: readonly Column[] = columns;
  private readonly known = new Map<string, LiveRow>();
  private readonly listeners = new Set<(batch: RowBatch) => void>();

  constructor(rows: readonly LiveRow[] = []) {
    this.change(rows);
  }

  get size(): number {
    return this.known.size;
  }

  rows(): LiveRow[] {
    return [...this.known.values()];
  }

  change(upserts: readonly LiveRow[], deletes: readonly string[] = []): void {
    for (const uid of deletes) this.known.delete(uid);
    for (const each of upserts) this.known.set(each.row.uid, each);
    for (const listener of this.listeners) listener({ upserts: [...upserts], deletes: [...deletes] });
  }

  subscribe(listener: (batch: RowBatch) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

const sample = [
  row({ name: 'web-10' }),
  row({ name: 'web-2', status: 'CrashLoopBackOff', restarts: 12 }),
  row({ name: 'db-0', namespace: 'shop-data', restarts: null }),
  row({ name: 'web-1', namespace: 'kube-system', status: 'Pending', restarts: 3 }),
];

function names(query: Partial<RowQuery>, rows: readonly LiveRow[] = sample): string[] {
  return new RowView(new TestRows(rows), { filter: '', sort: '', ...query }, () => 0).window(0, 100).rows.map(({ object }) => object.name);
}

describe('the order of rows', () => {
  it('takes numbers in names as numbers, and goes by namespace and name where values are equal', () => {
    expect(names({})).toEqual(['db-0', 'web-1', 'web-2', 'web-10']);
    expect(names({ sort: 'status' })).toEqual(['web-2', 'web-1', 'web-10', 'db-0']);
    expect(names({ sort: '-name' })).toEqual(['web-10', 'web-2', 'web-1', 'db-0']);
  });

  it('puts rows without a value last in both directions', () => {
    expect(names({ sort: 'restarts' })).toEqual(['web-10', 'web-1', 'web-2', 'db-0']);
    expect(names({ sort: '-restarts' })).toEqual(['web-2', 'web-1', 'web-10', 'db-0']);
  });

  it('sorts times by their moment, however they are written', () => {
    const times = ['2026-01-01T00:00:01.5Z', '2026-01-01T00:00:01Z', '2026-01-01T02:00:00+02:00'];
    const rows = times.map((age, index) => row({ name: `p${index}`, age }));
    expect(names({ sort: 'age' }, rows)).toEqual(['p2', 'p1', 'p0']);
  });

  it('goes by several columns, the first of which decides first, and by labels', () => {
    const rows = [
      row({ name: 'a', status: 'Failed', restarts: 1, labels: { tier: 'w10' } }),
      row({ name: 'b', status: 'Running', restarts: 9 }),
      row({ name: 'c', status: 'Failed', restarts: 7, labels: { tier: 'w2' } }),
    ];
    expect(names({ sort: 'status,-restarts' }, rows)).toEqual(['c', 'a', 'b']);
    expect(names({ sort: '-status,name' }, rows)).toEqual(['b', 'a', 'c']);
    expect(names({ sort: 'label:tier' }, rows)).toEqual(['c', 'a', 'b']);
  });

  it('names the columns there are when one is not', () => {
    expect(() => names({ sort: 'cpu' })).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', hint: expect.stringContaining('restarts') }));
  });
});

describe('a view', () => {
  const anyName = fc.constantFrom('a-1', 'a-10', 'a-2', 'B', 'c', 'd0', 'd00', 'e');
  const anyRow = fc
    .record({
      name: anyName,
      namespace: fc.constantFrom('x', 'y'),
      status: fc.constantFrom('Running', 'Pending', 'Failed'),
      restarts: fc.option(fc.nat(3)),
      labels: fc.constantFrom({ app: 'web' }, { app: 'db' }),
    })
    .map(row);
  const anyChange = fc.record({
    upserts: fc.array(anyRow, { maxLength: 4 }),
    deletes: fc.array(
      anyName.map((name) => `x/${name}`),
      { maxLength: 2 },
    ),
  });
  const anySteps = fc.array(fc.array(anyChange, { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  const anyQuery = fc.record({
    filter: fc.constantFrom('', 'Running', '!Failed', '/a-\\d/', 'restarts>1', '-l app=web', 'ns:x'),
    sort: fc.constantFrom('', '-restarts', 'status', '-namespace', 'restarts', 'status,-name', 'label:app,-restarts'),
    offset: fc.nat(3),
    limit: fc.integer({ min: 1, max: 5 }),
  });

  it('that follows changes shows what one that begins anew shows, and its deltas bring a client there', () => {
    fc.assert(
      fc.property(anyQuery, fc.boolean(), anySteps, ({ filter, sort, offset, limit }, isShared, steps) => {
        const list = new TestRows(Array.from({ length: 80 }, (_, index) => row({ name: `p-${index}` })));
        const ordered = new RowView(list, { filter: '', sort }, () => 0);
        const view = new RowView(list, { filter, sort }, () => 0, isShared ? { rows: () => ordered.all(), order: 'own' } : undefined);
        let sent: RowWindow = view.window(offset, limit);
        let client: Row[] = sent.rows;
        for (const changes of steps) {
          for (const { upserts, deletes } of changes) list.change(upserts, deletes);
          const next = view.window(offset, limit);
          expect(next).toEqual(new RowView(list, { filter, sort }, () => 0).window(offset, limit));
          client = applied(client, windowDelta(sent, next));
          sent = next;
          expect(client).toEqual(next.rows);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('puts few changes of many rows into their places', () => {
    const list = new TestRows(Array.from({ length: 500 }, (_, index) => row({ name: `p-${index}` })));
    const view = new RowView(list, { filter: '!gone', sort: '-restarts' }, () => 0);
    view.window(0, 1);
    list.change([row({ name: 'p-250', restarts: 5 }), row({ name: 'p-7', status: 'gone' }), row({ name: 'new', restarts: 9 })], ['shop/p-0']);
    const { rows, total } = view.window(0, 500);
    expect([total, rows.slice(0, 3).map(({ object }) => object.name)]).toEqual([499, ['new', 'p-250', 'p-1']]);
    expect(rows).toEqual(new RowView(list, { filter: '!gone', sort: '-restarts' }, () => 0).window(0, 500).rows);
  });

  it('lets rows come and go with time where its filter compares times', () => {
    let now = Date.parse('2026-01-01T00:04:00Z');
    const list = new TestRows([row({ name: 'young', age: '2026-01-01T00:00:00Z' })]);
    const view = new RowView(list, { filter: 'age<5m', sort: '' }, () => now);
    expect([view.dependsOnTime, view.window(0, 9).total]).toEqual([true, 1]);
    now += 120_000;
    expect(view.window(0, 9).total).toBe(0);
  });

  it('makes itself anew where the columns turn out to be others', () => {
    const list = new TestRows(sample);
    const view = new RowView(list, { filter: 'restarts>5', sort: '' }, () => 0);
    expect(view.window(0, 9).total).toBe(1);
    list.columns = columns.map((column) => (column.id === 'restarts' ? { ...column, id: 'other' } : column));
    expect(() => view.window(0, 9)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });

  it('stops a regular expression without an end, and does not try it again', () => {
    const list = new TestRows([row({ name: `${'a'.repeat(60)}!` })]);
    const view = new RowView(list, { filter: '/(a+)+$/', sort: '' }, () => 0);
    const failures = [0, 1].map(() => {
      try {
        return view.window(0, 1);
      } catch (thrown) {
        return thrown;
      }
    });
    expect(failures[0]).toBeInstanceOf(AppError);
    expect(failures[0]).toMatchObject({ code: 'VALIDATION_ERROR', message: 'This regular expression takes too long.' });
    expect(failures[1]).toBe(failures[0]);
  });
});

/** What a client holds after a delta: it forgets what left its window. */
function applied(held: readonly Row[], delta: ReturnType<typeof windowDelta>): Row[] {
  if (delta === null) return [...held];
  const known = new Map([...held, ...delta.upserts].map((each) => [each.uid, each]));
  return delta.order.flatMap((uid) => known.get(uid) ?? []);
}
