import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { localPerson, workbenchItself } from '../gate/actors.ts';
import { readNameInCluster } from './cluster-names.ts';

const ada = { ...localPerson, id: 'ada@example.org', organisation: 'default', role: 'operator' };
const name = { user: 'quarterdeck:ada@example.org', groups: ['quarterdeck:default:operator'] };

describe('the name in a cluster', () => {
  it('is that of the workbench but where it is set up, and for who has none', () => {
    expect(readNameInCluster({})(ada, 'east')).toBeNull();
    const some = readNameInCluster({ QUARTERDECK_IMPERSONATE: 'east, west' });
    expect([some(ada, 'east'), some(ada, 'west'), some(ada, 'north')]).toEqual([name, name, null]);
    const all = readNameInCluster({ QUARTERDECK_IMPERSONATE: '*', QUARTERDECK_IMPERSONATE_PREFIX: 'q/' });
    expect(all(ada, 'north')).toEqual({ user: 'q/ada@example.org', groups: ['q/default:operator'] });
    expect([all(localPerson, 'north'), all(workbenchItself, 'north')]).toEqual([null, null]);
  });

  it('is never one of the cluster’s own', () => {
    expect(() => readNameInCluster({ QUARTERDECK_IMPERSONATE: '*', QUARTERDECK_IMPERSONATE_PREFIX: 'system:' })).toThrow(AppError);
  });
});
