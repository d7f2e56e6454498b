import { expect, it } from 'vitest';
import { hiddenKeys, wayOut } from './release-words.ts';

const history = [
  { revision: 4, status: 'pending-upgrade' },
  { revision: 3, status: 'failed' },
  { revision: 2, status: 'deployed' },
  { revision: 1, status: 'superseded' },
];

it('leads out of a pending release to the last revision that was in force', () => {
  expect(wayOut({ revision: 4, status: 'pending-upgrade' }, history)).toEqual({ kind: 'pending', revision: 2 });
  expect(wayOut({ revision: 1, status: 'pending-install' }, [{ revision: 1, status: 'pending-install' }])).toEqual({ kind: 'pending', revision: null });
  expect(wayOut({ revision: 3, status: 'failed' }, history)).toEqual({ kind: 'failed', revision: 2 });
  expect(wayOut({ revision: 2, status: 'uninstalling' }, history)).toEqual({ kind: 'uninstalling', revision: null });
  expect(wayOut({ revision: 2, status: 'deployed' }, history)).toBeNull();
});

it('names the values that are only marks of secrets', () => {
  expect(hiddenKeys({ mode: 'steady', auth: { password: '<hidden 1a2b3c>', users: ['a', 'x <hidden 1a2b3c>'] } })).toEqual(['auth.password', 'auth.users.1']);
  expect(hiddenKeys({ note: '<hidden>' })).toEqual([]);
});
