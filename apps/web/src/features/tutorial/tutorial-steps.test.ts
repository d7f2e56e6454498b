import { describe, expect, it } from 'vitest';
import { nextStep, stepsFor, type TutorialFacts } from './tutorial-steps.ts';

const start: TutorialFacts = { path: '/', drawer: false, dialog: null, actions: [] };
const idAt = (readOnly: boolean, from: number, facts: Partial<TutorialFacts>) => {
  const steps = stepsFor(readOnly);
  return steps[nextStep(steps, from, { ...start, ...facts })]?.id ?? 'end';
};

describe('the tutorial', () => {
  it('waits for what the step asks for, and takes no other thing for it', () => {
    expect(idAt(false, 0, {})).toBe('issues');
    expect(idAt(false, 0, { dialog: 'keys' })).toBe('issues');
    expect(idAt(false, 0, { path: '/issues' })).toBe('issue');
    expect(idAt(false, 1, { path: '/issues/a1' })).toBe('object');
    expect(idAt(false, 2, { path: '/issues/a1', drawer: true })).toBe('preview');
  });

  it('follows an action from its preview to its undo', () => {
    const previewed = { state: 'previewed', undoes: null } as const;
    expect(idAt(false, 3, { actions: [previewed] })).toBe('approve');
    expect(idAt(false, 4, { actions: [{ ...previewed, state: 'expired' }] })).toBe('approve');
    expect(idAt(false, 4, { actions: [{ ...previewed, state: 'running' }] })).toBe('undo');
    expect(idAt(false, 5, { actions: [{ state: 'succeeded', undoes: 'a1' }] })).toBe('palette');
  });

  it('leaves out in a recording what changes something', () => {
    expect(idAt(true, 2, { path: '/issues/a1', drawer: true })).toBe('palette');
    expect(idAt(true, 4, { dialog: 'keys' })).toBe('end');
  });
});
