import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { defineCode } from '../model/analyser.ts';
import type { Incident } from '../model/incident.ts';
import { testNow, testView } from '../testing/index.ts';
import type { Diagnosis } from './diagnosis.ts';
import { OpenIncidents } from './open-incidents.ts';

const code = defineCode({ code: 'c', title: 'C', documentation: '', silentWhen: '', opensAfterSeconds: 0, closesAfterSeconds: 20, message: () => '' });

function incident(id: string, name: string): Incident {
  const object = refTo('Deployment', 'shop', name);
  const finding = { id: `c|${name}`, code: 'c', object, discriminator: '', severity: 'high' as const, since: null, facts: {}, evidence: [] };
  return {
    id,
    title: id,
    sentence: id,
    severity: 'high',
    mechanism: 'm',
    cause: object,
    causeExists: true,
    facts: {},
    confidence: 'certain',
    since: testNow,
    evidence: [],
    affected: [],
    chains: [],
    findings: [finding],
    changes: [],
    notSeen: [],
    rivals: [],
  };
}

function at(seconds: number, incidents: Incident[]): Diagnosis {
  const { view } = testView([], { now: testNow + seconds * 1000 });
  return { incidents, findings: [], coverage: { complete: true, skipped: [] }, view, nextCheckAt: null };
}

describe('open incidents', () => {
  it('are kept for a while after they are gone, and it is told until when', () => {
    const open = new OpenIncidents(new Map([[code.code, code]]));
    open.update(at(0, [incident('a', 'api')]));
    const held = open.update(at(5, []));
    expect([...held.held]).toEqual([['a', { goneSince: testNow + 5000, closesAt: testNow + 25_000, returns: 0 }]]);
    expect([held.incidents.length, held.removes, held.nextCheckAt]).toEqual([1, [], testNow + 25_000]);
    expect(open.update(at(25, []))).toMatchObject({ incidents: [], removes: ['a'] });
  });

  it('are kept longer where they keep coming back, and forget that in time', () => {
    const open = new OpenIncidents(new Map([[code.code, code]]));
    const patience = (seconds: number) => {
      open.update(at(seconds, [incident('a', 'api')]));
      const gone = open.update(at(seconds + 1, [])).held.get('a');
      return gone === undefined ? null : [(gone.closesAt - gone.goneSince) / 1000, gone.returns];
    };
    expect([patience(0), patience(5), patience(10), patience(15)]).toEqual([
      [20, 0],
      [20, 1],
      [80, 2],
      [80, 3],
    ]);
    expect(open.update(at(2000, []))).toMatchObject({ incidents: [] });
    expect(patience(2100)).toEqual([20, 0]);
  });

  it('go at once where another incident explains their symptoms', () => {
    const open = new OpenIncidents(new Map([[code.code, code]]));
    open.update(at(0, [incident('a', 'api')]));
    expect(open.update(at(1, [incident('b', 'api')]))).toMatchObject({ removes: ['a'], incidents: [{ id: 'b' }] });
  });
});
