import { describe, expect, it } from 'vitest';
import { localPerson } from '../gate/actors.ts';
import { requireNamedCluster } from './admit.ts';

describe('requireNamedCluster', () => {
  const member = { ...localPerson, organisation: 'default' };

  it('lets nobody of a team change whatever cluster somebody else chose last', () => {
    expect(() => requireNamedCluster(member, { effect: 'write' }, undefined)).toThrow(/cluster: must be named/);
    expect(() => requireNamedCluster(member, { effect: 'write' }, 'staging')).not.toThrow();
    expect(() => requireNamedCluster(member, { effect: 'read' }, undefined)).not.toThrow();
  });

  it('asks nothing more of one person on their own machine', () => {
    expect(() => requireNamedCluster(localPerson, { effect: 'write' }, undefined)).not.toThrow();
  });
});
