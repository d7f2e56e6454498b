import { createHash } from 'node:crypto';
import { type ActIntent, canonicalJson } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { actId } from './act-id.ts';
import { rowHash } from './chain.ts';
import { storableRecord } from './redact-record.ts';

describe('the hash of a row', () => {
  it('is the SHA-256 of its canonical JSON, so that anybody can check it', () => {
    const record = { phase: 'result', act: 'a' };
    const whole = canonicalJson({ seq: 7, previous: 'p', record });
    expect(rowHash({ seq: 7, previous: 'p', record: canonicalJson(record) })).toBe(createHash('sha256').update(whole).digest('hex'));
  });
});

describe('the id of an act', () => {
  it('is a UUID that no other has, later ones behind earlier ones', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => actId(Date.parse('2026-01-01T00:00:00Z') + index));
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(Array.from({ length: 1000 }, () => actId(0))).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('what may be stored', () => {
  const intent: ActIntent = {
    phase: 'intent',
    act: 'a1',
    at: '2026-01-01T00:00:00.000Z',
    actor: { id: 'ada', kind: 'person' },
    via: 'cli',
    cluster: 'east',
    action: 'pod.exec',
    target: { apiVersion: 'v1', kind: 'Pod', namespace: 'token-service', name: 'secret-reader' },
    input: {},
    kubectl: null,
    approval: null,
    undo: null,
    requestId: null,
  };
  const password = ['hunter2', 'Prod', '9'].join('-');

  it.each([
    [
      'the values of a Secret, wherever it is',
      { input: { change: { manifest: { kind: 'Secret', apiVersion: 'v1', stringData: { plain: password }, data: { x: password } } } } },
    ],
    ['variables of a manifest', { input: { change: { manifest: { spec: { containers: [{ env: [{ name: 'DB_PASSWORD', value: password }] }] } } } } }],
    ['options of a command', { input: { command: ['mysql', '--password', password] } }],
    ['what a command line says', { kubectl: `kubectl exec web -- env DB_PASSWORD=${password}` }],
    ['an undo', { undo: { change: { manifest: { kind: 'Secret', data: { plain: password } } }, kubectl: null, note: null } }],
  ])('is without %s', (_name, extra) => {
    const text = storableRecord({ ...intent, ...extra });
    expect(text).not.toContain(password);
    expect(text).toMatch(/\*\*\*|\[redacted\]/);
  });

  it('keeps names, whatever they look like', () => {
    expect(JSON.parse(storableRecord(intent))).toEqual(intent);
  });

  it('has a bounded length, and says what it leaves out', () => {
    const text = storableRecord({ ...intent, input: { change: { manifest: { data: { big: 'x y '.repeat(200_000) } } } }, kubectl: 'kubectl apply' });
    expect(text.length).toBeLessThan(10_000);
    expect(JSON.parse(text)).toMatchObject({ act: 'a1', kubectl: 'kubectl apply', input: { note: expect.stringContaining('left out') } });
  });
});
