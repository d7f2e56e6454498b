import { expect, it } from 'vitest';
import { keysFor } from './keys-for.ts';

it('a choice is typed on where it begins with what is there, and else in its place', () => {
  expect(keysFor('kubectl get po', { from: 12, to: 14 }, 'pods')).toBe('ds');
  expect(keysFor('kubectl get dep', { from: 12, to: 15 }, 'Deployment')).toBe('\x7f\x7f\x7fDeployment');
  expect(keysFor('kubectl get ', { from: 12, to: 12 }, 'pods')).toBe('pods');
});
