import { describe, expect, it } from 'vitest';
import { paletteScore } from './palette-score.ts';

const entries: Record<string, string[]> = {
  Pods: ['Pod po v1'],
  PodDisruptionBudgets: ['PodDisruptionBudget pdb policy/v1'],
  'Resource tree': ['namespaces workloads'],
  'Pod api-0 can not be scheduled': ['Pod api-0 three-tier critical'],
};

/** The best first. */
function find(search: string): string[] {
  const scored = Object.entries(entries).map(([label, others]) => ({ label, score: paletteScore('', search, [label, ...others]) }));
  return scored
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ label }) => label);
}

describe('paletteScore', () => {
  it('finds kinds by name and by short name before anything that only holds the letters', () => {
    expect(find('pods')[0]).toBe('Pods');
    expect(find('po').at(0)).not.toBe('Resource tree');
    expect(find('pdb')).toEqual(['PodDisruptionBudgets']);
  });

  it('does not guess: tree is not three', () => {
    expect(find('tree')).toEqual(['Resource tree']);
  });

  it('wants every word and lists everything for none', () => {
    expect(find('api-0 critical')).toEqual(['Pod api-0 can not be scheduled']);
    expect(find('api-0 tree')).toEqual([]);
    expect(find('')).toHaveLength(4);
  });
});
