import { describe, expect, it } from 'vitest';
import { type PodSize, sizeAdvice } from './size-advice.ts';

const mebi = 2 ** 20;
const steady: PodSize = {
  known: 'history',
  cpu: Array.from({ length: 100 }, () => 0.04),
  memory: Array.from({ length: 100 }, () => 200 * mebi),
  requests: { cpu: 0.5, memory: 1024 * mebi },
  limits: { cpu: null, memory: 1024 * mebi },
  ...{ replicas: 2, autoscaled: false, served: true },
};
const advice = (change: Partial<PodSize>) => sizeAdvice({ ...steady, ...change });

describe('the size of a workload', () => {
  it('follows what was measured, with room, in steps that people write', () => {
    const { requests, limits, freed, remarks } = sizeAdvice(steady);
    expect([requests.cpu, requests.memory / mebi, limits.memory / mebi]).toEqual([expect.closeTo(0.05), 240, 320]);
    expect(freed).toEqual({ cpu: expect.closeTo(0.9), memory: 2 * (1024 - 240) * mebi });
    expect(remarks).toEqual([]);
  });

  it('has a floor, and frees nothing where nothing is asked for', () => {
    const { requests, freed } = advice({ cpu: [0], memory: [0], requests: { cpu: null, memory: null } });
    expect(requests).toEqual({ cpu: expect.closeTo(0.01), memory: 16 * mebi });
    expect(freed).toEqual({ cpu: null, memory: null });
  });

  it('takes nothing away on the strength of one measurement', () => {
    expect(advice({ known: 'present', cpu: [0.01], memory: [10 * mebi] })).toMatchObject({
      requests: { cpu: expect.closeTo(0.5), memory: 1024 * mebi },
      limits: { memory: 1024 * mebi },
    });
  });

  it('never limits memory below what was seen', () => {
    const { limits } = advice({ memory: [100 * mebi, 900 * mebi] });
    expect(limits.memory).toBeGreaterThan(900 * mebi);
  });

  it.each<[Partial<PodSize>, RegExp]>([
    [{ limits: { cpu: null, memory: null } }, /no memory limit/],
    [{ limits: { cpu: null, memory: 210 * mebi } }, /within 10 %/],
    [{ requests: { cpu: 0.5, memory: 64 * mebi } }, /more memory than it asks for/],
    [{ limits: { cpu: 0.045, memory: 1024 * mebi } }, /near its CPU limit/],
    [{ replicas: 1 }, /One replica behind a Service/],
    [{ replicas: 6 }, /fewer may do/],
    [{ cpu: [...Array.from({ length: 90 }, () => 0.02), ...Array.from({ length: 10 }, () => 0.4)] }, /load swings/],
  ])('%j is remarked on', (change, remark) => expect(advice(change).remarks).toEqual([expect.stringMatching(remark)]));

  it('leaves replicas to an autoscaler', () => {
    expect(advice({ replicas: 6, autoscaled: true, cpu: [0.01, 0.4] }).remarks).toEqual([]);
  });
});
