import { describe, expect, it } from 'vitest';
import { ruleRows } from './rule-rows.ts';

const rule = (verbs: string[], groups: string[], resources: string[], names: string[] = []) => ({ verbs, groups, resources, names });

describe('what one may do', () => {
  it('is one row a resource, whatever number of rules allows it', () => {
    const rows = ruleRows([
      rule(['get', 'list'], [''], ['pods', 'pods/log']),
      rule(['delete', 'deletecollection'], [''], ['pods']),
      rule(['get'], ['apps'], ['deployments/scale']),
    ]);
    expect(rows.map(({ resource }) => resource)).toEqual(['deployments.apps/scale', 'pods', 'pods/log']);
    expect(rows[1]).toEqual({ resource: 'pods', names: [], common: [true, true, false, false, false, false, true], others: ['deletecollection'] });
  });

  it('keeps what is for named objects apart, and puts what allows everything first', () => {
    const rows = ruleRows([rule(['get'], [''], ['secrets']), rule(['update'], [''], ['secrets'], ['login']), rule(['*'], ['*'], ['*'])]);
    expect(rows.map(({ resource, names }) => `${resource} ${names}`)).toEqual(['* ', 'secrets ', 'secrets login']);
    expect(rows[0]?.common.every(Boolean)).toBe(true);
  });
});
