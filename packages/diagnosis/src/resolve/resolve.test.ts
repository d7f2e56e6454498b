import { refTo } from '@quarterdeck/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Explanation, Strength } from '../model/explanation.ts';
import type { IdentifiedFinding } from '../model/finding.ts';
import { resolve } from './resolve.ts';

function finding(id: string): IdentifiedFinding {
  return { id, code: 'broken', object: refTo('Deployment', 'shop', id), discriminator: '', severity: 'high', since: 1000, facts: {}, evidence: [] };
}

function link(from: string, to: string, strength: Strength): Explanation {
  return { rule: 'calls', finding: from, because: { kind: 'finding', finding: to }, via: null, strength, evidence: [] };
}

function root(from: string, name: string, strength: Strength): Explanation {
  const because = { kind: 'root', object: refTo('ConfigMap', 'shop', name), exists: false, mechanism: 'missing', facts: {} } as const;
  return { rule: 'reads', finding: from, because, via: null, strength, evidence: [] };
}

/** The end of each finding's chain: `name` of the cause, `?id` where unexplained, `~ids` for a circle. */
function endsOf(ids: string[], explanations: Explanation[], changed: Record<string, number> = {}): Record<string, string> {
  const chains = resolve({ findings: ids.map(finding), explanations, lastChange: (ref) => changed[ref.name] ?? null });
  return Object.fromEntries(
    [...chains].sort().map(([id, { end }]) => {
      if (end.kind === 'root') return [id, end.object.name];
      return [id, end.kind === 'unexplained' ? `?${end.finding}` : `~${end.findings.join('')}`];
    }),
  );
}

describe('resolve', () => {
  it('follows findings down to the cause', () => {
    expect(endsOf(['a', 'b', 'c'], [link('a', 'b', 'likely'), link('b', 'c', 'certain'), root('c', 'x', 'certain')])).toEqual({ a: 'x', b: 'x', c: 'x' });
  });

  it('prefers the stronger of two weakest links', () => {
    expect(endsOf(['a', 'b'], [root('a', 'sure', 'certain'), link('a', 'b', 'certain'), root('b', 'guess', 'likely')])).toEqual({ a: 'sure', b: 'guess' });
  });

  it('prefers the deeper of two chains that are at least likely, and the shorter of two guesses', () => {
    const chain = (strength: Strength) => [root('a', 'near', strength), link('a', 'b', strength), root('b', 'deep', strength)];
    expect(endsOf(['a', 'b'], chain('likely')).a).toBe('deep');
    expect(endsOf(['a', 'b'], chain('possible')).a).toBe('near');
  });

  it('prefers what changed last before the symptom, then names', () => {
    const explanations = [root('a', 'x', 'likely'), root('a', 'y', 'likely')];
    expect(endsOf(['a'], explanations, { x: 10, y: 20 })).toEqual({ a: 'y' });
    expect(endsOf(['a'], explanations)).toEqual({ a: 'x' });
  });

  it('ends at the finding that nothing explains', () => {
    expect(endsOf(['a', 'b'], [link('a', 'b', 'certain')])).toEqual({ a: '?b', b: '?b' });
    expect(endsOf(['a', 'b'], [link('a', 'b', 'likely'), root('a', 'x', 'likely')])).toEqual({ a: 'x', b: '?b' });
  });

  it('closes a circle only where nothing leads out of it', () => {
    const circle = [link('a', 'b', 'likely'), link('b', 'a', 'likely'), link('c', 'a', 'likely')];
    expect(endsOf(['a', 'b', 'c'], circle)).toEqual({ a: '~ab', b: '~ab', c: '~ab' });
    expect(endsOf(['a', 'b', 'c'], [...circle, root('b', 'guess', 'possible')])).toEqual({ a: '~ab', b: '~ab', c: '~ab' });
    expect(endsOf(['a', 'b', 'c'], [...circle, root('b', 'x', 'likely')])).toEqual({ a: 'x', b: 'x', c: 'x' });
  });

  it('ignores explanations of and by findings that are not there', () => {
    expect(endsOf(['a'], [link('a', 'gone', 'certain'), root('gone', 'x', 'certain'), link('a', 'a', 'certain')])).toEqual({ a: '?a' });
  });

  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const anyId = fc.constantFrom(...ids);
  const anyStrength = fc.constantFrom<Strength>('certain', 'likely', 'possible');
  const anyExplanation = fc.oneof(
    fc.tuple(anyId, anyId, anyStrength).map((x) => link(...x)),
    fc.tuple(anyId, fc.constantFrom('x', 'y', 'z'), anyStrength).map((x) => root(...x)),
  );

  it('gives the same ends for every order of findings and explanations', () => {
    const shuffled = fc
      .array(anyExplanation, { maxLength: 14 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.shuffledSubarray(ids, { minLength: ids.length })));
    fc.assert(
      fc.property(shuffled, ([list, otherList, otherIds]) => {
        expect(endsOf(otherIds, otherList)).toEqual(endsOf(ids, list));
      }),
      { numRuns: 500 },
    );
  });

  const anyChains = fc
    .array(anyExplanation, { maxLength: 14 })
    .map((list) => ({ list, chains: resolve({ findings: ids.map(finding), explanations: list, lastChange: () => null }) }));

  it('gives every finding one chain of given links that hang together', () => {
    fc.assert(
      fc.property(anyChains, ({ list, chains }) => {
        expect([...chains.keys()].sort()).toEqual(ids);
        const links = [...chains.values()].flatMap((chain) => chain.links);
        for (const step of links) expect(list).toContain(step);
        for (const { links: steps } of chains.values()) {
          const leadsTo = steps.slice(0, -1).map((step) => step.because);
          expect(leadsTo).toEqual(steps.slice(1).map((step) => ({ kind: 'finding', finding: step.finding })));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never ends at a finding that is explained, and ends with what explains it', () => {
    fc.assert(
      fc.property(anyChains, ({ chains }) => {
        for (const { end, links } of chains.values()) {
          if (end.kind === 'unexplained') expect(chains.get(end.finding)?.links).toEqual([]);
          const because = links[0]?.because;
          if (because?.kind === 'finding') expect(chains.get(because.finding)?.end).toEqual(end);
        }
      }),
      { numRuns: 500 },
    );
  });
});
