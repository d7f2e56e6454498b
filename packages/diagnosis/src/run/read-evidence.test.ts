import type { EvidenceRequest } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { fromYaml, logAnswer, testView } from '../testing/index.ts';
import { defaultBudget, type ReadEvidenceInput, readEvidence, spreadOverWorkloads } from './read-evidence.ts';

function log(pod: string, lines = 50): EvidenceRequest {
  return { need: 'log', namespace: 'shop', pod, container: 'app', previous: false, lines };
}

function inputOf(partial: Partial<ReadEvidenceInput>): ReadEvidenceInput {
  const never = new AbortController().signal;
  return { requests: [], reader: { read: () => Promise.resolve(logAnswer([])) }, left: 100, budget: defaultBudget, signal: never, deadline: never, ...partial };
}

describe('readEvidence', () => {
  it('reads a few at once, never more lines than the budget has', async () => {
    let open = 0;
    let most = 0;
    const lines: number[] = [];
    const reader = {
      async read(request: EvidenceRequest) {
        most = Math.max(most, ++open);
        if (request.need === 'log') lines.push(request.lines);
        await Promise.resolve();
        open--;
        return logAnswer([]);
      },
    };
    const requests = Array.from({ length: 30 }, (_, i) => log(`p${i}`, 5000));
    const answered = await readEvidence(inputOf({ requests, reader }));
    expect(answered.map(({ request }) => request)).toHaveLength(30);
    expect(answered.every(({ request }) => request.need === 'log' && request.lines === 5000)).toBe(true);
    expect([most, Math.max(...lines)]).toEqual([defaultBudget.atOnce, defaultBudget.logLines]);
  });

  it('refuses what the budget does not cover', async () => {
    const answered = await readEvidence(inputOf({ requests: [log('a'), log('b')], left: 1 }));
    expect(answered.filter(({ answer }) => answer.state === 'refused').map(({ request }) => request)).toEqual([log('b')]);
  });

  it('refuses what is open when the time is over, and what a reader throws', async () => {
    const deadline = AbortSignal.abort();
    const late = await readEvidence(inputOf({ requests: [log('a')], deadline }));
    expect(late.map(({ answer }) => answer)).toEqual([{ state: 'refused', reason: 'not read within 10 s' }]);
    const broken = { read: () => Promise.reject(new Error('broken pipe')) };
    expect((await readEvidence(inputOf({ requests: [log('a')], reader: broken })))[0]?.answer).toEqual({ state: 'refused', reason: 'broken pipe' });
  });

  it('ends with its caller', async () => {
    const reader = { read: () => Promise.reject(new AppError('CANCELLED', 'The call was cancelled.')) };
    await expect(readEvidence(inputOf({ requests: [log('a')], reader, signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('spreadOverWorkloads', () => {
  it('asks every workload once before any of them twice', () => {
    const pod = (name: string, owner: string) => `kind: Pod\nmetadata: {name: ${name}, ownerReferences: [{kind: StatefulSet, name: ${owner}}]}`;
    const objects = fromYaml([pod('a-0', 'a'), pod('a-1', 'a'), pod('a-2', 'a'), pod('b-0', 'b')].join('\n---\n'));
    const order = spreadOverWorkloads([log('a-0'), log('a-1'), log('a-2'), log('b-0')], testView(objects).view);
    expect(order).toEqual([log('a-0'), log('b-0'), log('a-1'), log('a-2')]);
  });
});
