import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { actionText, endOf, targetText } from './act-words.ts';

describe('an act in words', () => {
  it.each([
    ['change.setImage', 'set image'],
    ['change.scale', 'scale'],
    ['pod.portForward', 'pod port forward'],
    ['session.login', 'session login'],
  ])('%s is %s', (action, words) => {
    expect(actionText(action)).toBe(words);
  });

  it('names what it is about with its namespace', () => {
    expect(targetText({ target: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } })).toBe('Deployment shop/web');
    expect(targetText({ target: { apiVersion: 'v1', kind: 'Node', namespace: null, name: 'n1' } })).toBe('Node n1');
    expect(targetText({ target: null })).toBe('');
  });

  it('does not call an act done whose end nobody knows', () => {
    expect(endOf({ result: null }, en.audit.ends)).toEqual({ state: 'unknown', text: 'not known' });
  });
});
