import { describe, expect, it } from 'vitest';
import { keysByCustom, mergeObjects, withChoices } from './merge-objects.ts';

const base = {
  metadata: { name: 'web', labels: { app: 'web', tier: 'front' } },
  spec: {
    replicas: 2,
    containers: [
      { name: 'web', image: 'web:1', args: ['-a'] },
      { name: 'log', image: 'log:1' },
    ],
  },
};
const clone = () => structuredClone(base);
const merge = (theirs: unknown, mine: unknown) => mergeObjects(base, theirs, mine, keysByCustom);

describe('three ways', () => {
  it('takes in what the others changed where I did not, and keeps what I changed', () => {
    const theirs = clone();
    theirs.spec.replicas = 5;
    theirs.spec.containers.reverse();
    theirs.spec.containers[0] = { name: 'log', image: 'log:2' };
    const mine = clone();
    mine.metadata.labels.app = 'shop';
    mine.spec.containers[0] = { name: 'web', image: 'web:9', args: ['-a'] };
    const { merged, conflicts, taken } = merge(theirs, mine);
    expect(conflicts).toEqual([]);
    expect(merged).toEqual({
      metadata: { name: 'web', labels: { app: 'shop', tier: 'front' } },
      spec: {
        replicas: 5,
        containers: [
          { name: 'web', image: 'web:9', args: ['-a'] },
          { name: 'log', image: 'log:2' },
        ],
      },
    });
    expect(taken).toEqual([
      ['spec', 'replicas'],
      ['spec', 'containers', 1, 'image'],
    ]);
  });

  it('lets one choose where both changed the same', () => {
    const theirs = clone();
    theirs.spec.replicas = 5;
    theirs.spec.containers[0] = { name: 'web', image: 'web:1', args: ['-b'] };
    const mine = clone();
    mine.spec.replicas = 3;
    mine.spec.containers[0] = { name: 'web', image: 'web:1', args: ['-a', '-c'] };
    const found = merge(theirs, mine);
    expect(found.conflicts.map(({ path, theirs: his, mine: own }) => [path.join('.'), his, own])).toEqual([
      ['spec.replicas', 5, 3],
      ['spec.containers.0.args', ['-b'], ['-a', '-c']],
    ]);
    const [first] = found.conflicts;
    expect(withChoices(found, first === undefined ? new Map() : new Map([[first, 'theirs']]))).toMatchObject({
      spec: { replicas: 5, containers: [{ args: ['-a', '-c'] }, {}] },
    });
  });

  it('knows what was taken away on either side', () => {
    const theirs = { metadata: base.metadata, spec: { ...base.spec, containers: [base.spec.containers[0]] } };
    const mine = { metadata: { name: 'web', labels: { app: 'web' } }, spec: base.spec };
    expect(merge(theirs, mine)).toMatchObject({ conflicts: [], merged: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web' }] } } });
    const changed = clone();
    changed.spec.containers[1] = { name: 'log', image: 'log:3' };
    const found = merge(theirs, changed);
    expect(found.conflicts).toMatchObject([{ path: ['spec', 'containers', 1], theirs: undefined, mine: { image: 'log:3' } }]);
    const [only] = found.conflicts;
    expect(withChoices(found, only === undefined ? new Map() : new Map([[only, 'theirs']]))).toMatchObject({ spec: { containers: [{ name: 'web' }] } });
  });

  it('has no quarrel where both did the same', () => {
    const both = clone();
    both.spec.replicas = 9;
    expect(merge(both, structuredClone(both))).toEqual({ merged: both, conflicts: [], taken: [] });
  });
});
