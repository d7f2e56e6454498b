import { describe, expect, it } from 'vitest';
import type { LogClaim } from './log-fact.ts';
import { readLog } from './read-log.ts';
import { plainLines } from './structured-line.ts';

function facts(text: string) {
  return readLog(text.split('\n').map((line) => ({ at: null, text: line }))).facts;
}

const json = (fields: object) => JSON.stringify(fields);

describe('structured logs', () => {
  it.each<[string, LogClaim]>([
    [
      json({ level: 'error', msg: 'query failed', err: { type: 'DatabaseError', message: 'relation "orders" does not exist' } }),
      { kind: 'schema', object: 'orders' },
    ],
    [
      json({ severity: 'ERROR', message: 'cannot connect', host: 'ledger-db', port: 5432, error: 'connection refused' }),
      { kind: 'connect-failed', reason: 'refused', host: 'ledger-db', port: 5432, file: null },
    ],
    [
      json({
        level: 50,
        msg: 'boot failed',
        err: { stack: "TypeError: Cannot read properties of undefined (reading 'id')\n    at boot (/app/server.js:12:9)" },
      }),
      { kind: 'exception', type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')", place: '/app/server.js:12:9' },
    ],
    [
      json({
        levelname: 'ERROR',
        message: 'unhandled',
        exc_info: 'Traceback (most recent call last):\n  File "/app/main.py", line 7, in run\nValueError: bad row',
      }),
      { kind: 'exception', type: 'ValueError', message: 'bad row', place: '/app/main.py:7' },
    ],
    [
      'time="2026-05-04T12:00:00Z" level=fatal msg="cannot start" err="open /etc/app/conf.d/app.toml: no such file or directory"',
      { kind: 'file-missing', path: '/etc/app/conf.d/app.toml' },
    ],
    [
      'E0504 12:00:00.000000       1 reflector.go:166] "Failed to watch" err="secrets is forbidden: User \\"system:serviceaccount:ops:sync\\" cannot list resource \\"secrets\\" in API group \\"\\" in the namespace \\"ops\\""',
      { kind: 'forbidden', user: 'system:serviceaccount:ops:sync', verb: 'list', resource: 'secrets', group: '', namespace: 'ops' },
    ],
  ])('%s', (text, claim) => {
    expect(facts(text).map((fact) => fact.claim)).toContainEqual(claim);
  });

  it('leaves free text, and what a database reports of its clients, alone', () => {
    expect(plainLines('INFO level of detail: a=b')).toBeNull();
    expect(plainLines(json({ s: 'I', c: 'ACCESS', ctx: 'conn1', msg: 'Authentication failed' }))).toBeNull();
    expect(facts(json({ level: 'info', msg: 'batch done', errors: 0, status: 500 }))).toEqual([]);
  });
});

describe('what a program says around its failure', () => {
  const trace = ['Traceback (most recent call last):', '  File "/app/a.py", line 3, in f', 'ValueError: bad row'];

  it('tells an exception that was dealt with from one that was not', () => {
    expect(facts(['INFO serving', ...trace].join('\n'))).toMatchObject([{ handled: false }]);
    expect(facts(['WARN upstream glitch, retrying in 2 s', ...trace].join('\n'))).toMatchObject([{ handled: true }]);
    expect(facts(json({ level: 'warning', msg: 'skipped', stack: trace.join('\n') }))).toMatchObject([{ handled: true }]);
    expect(facts(['ERROR Unhandled exception, will retry', ...trace].join('\n'))).toMatchObject([{ handled: false }]);
  });

  it('keeps the change that came before the first failure, and takes none for one at the start', () => {
    const served = Array.from({ length: 5 }, (_, i) => `INFO order ${i} stored`);
    const failure = 'ERROR could not connect to orders-db-staging:5432: Connection refused';
    const [fact] = facts([...served, 'INFO config reload: using profile staging', failure, failure].join('\n'));
    expect(fact).toMatchObject({ count: 2, before: 'INFO config reload: using profile staging' });
    expect(facts(['INFO configuration loaded', failure].join('\n'))).toMatchObject([{ before: null }]);
  });
});
