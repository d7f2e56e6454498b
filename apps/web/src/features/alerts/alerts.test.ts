import type { Alert, AlertRule } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { applyAlertsFrame } from './alerts-state.ts';
import { isQuiet } from './quiet-hours.ts';
import { draftOf, newDraft, readDraft } from './rule-draft.ts';

describe('a rule', () => {
  it('made of an event waits for that reason in that namespace', () => {
    const { rule } = readDraft(newDraft({ reason: 'Back.Off', namespace: 'shop' }));
    expect(rule).toMatchObject({ name: 'Back.Off in shop', when: { on: 'event', reason: '^Back\\.Off$', type: 'any', namespaces: ['shop'] } });
  });

  it('comes out of the form as it went in, without the secret that nobody sees', () => {
    const { rule } = readDraft({
      ...newDraft({ reason: undefined, namespace: undefined }),
      name: 'Worst',
      webhook: { url: 'https://a.example/x', secret: '', allowPrivate: false, hasSecret: true },
    });
    if (rule === null) throw new Error('The draft was not read.');
    const stored: AlertRule = { ...rule, id: 'r', createdAt: '', createdBy: '', webhook: { url: 'https://a.example/x', hasSecret: true, allowPrivate: false } };
    expect(readDraft(draftOf(stored)).rule).toEqual(rule);
  });

  it('says which field is wrong', () => {
    const draft = newDraft({ reason: undefined, namespace: undefined });
    const wrong = { ...draft, name: ' ', on: 'event' as const, event: { ...draft.event, reason: '(a+)+' } };
    expect([...readDraft(wrong).problems.keys()]).toEqual(['name', 'when.reason']);
  });
});

it.each([
  ['22:00', '07:00', '23:30', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['12:00', '13:00', '12:30', true],
  ['12:00', '13:00', '22:00', false],
  ['12:00', '12:00', '12:00', false],
])('quiet from %s until %s: at %s %s', (from, until, time, quiet) => {
  expect(isQuiet({ on: true, from, until }, time)).toBe(quiet);
  expect(isQuiet({ on: false, from, until }, time)).toBe(false);
});

it('tells apart what was known from what was told while one looked', () => {
  const alert = (id: string): Alert => ({
    ...{ id, at: '', rule: { id: 'r', name: 'R' }, cluster: 'c', title: id, text: '', severity: null, issueId: null, object: null, desktop: false, tag: id },
  });
  const known = applyAlertsFrame(null, { type: 'alertsSnapshot', id: 's', seq: 1, alerts: [alert('old')] });
  const state = applyAlertsFrame(known, { type: 'alertRaised', id: 's', seq: 2, alert: alert('new') });
  expect(state).toEqual({ alerts: [alert('new'), alert('old')], raised: [alert('new')] });
});
