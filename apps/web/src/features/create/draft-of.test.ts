import type { CheckedDocument } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { draftOf } from './draft-of.ts';

function document(apiVersion: string, kind: string, name: string, more: Partial<CheckedDocument> = {}, spec: object = {}): CheckedDocument {
  const target = { apiVersion, kind, namespace: 'shop', name };
  const change = { verb: 'apply', target, manifest: { apiVersion, kind, metadata: { name }, spec }, force: false } as const;
  return { change, outcome: 'created', problems: [], conflicts: [], ...more };
}
const service = document('v1', 'Service', 'web');
const web = document('apps/v1', 'Deployment', 'web');
const paused = document('apps/v1', 'Deployment', 'later', {}, { paused: true });
const draft = (documents: CheckedDocument[], taken: string[] = []) => draftOf({ documents }, new Set(taken), en.create);

describe('what is applied together', () => {
  it('waits once, at the end, for all that must become ready: a Service has no endpoints before its pods', () => {
    const { title, steps = [] } = draft([service, web, paused]) ?? {};
    expect(title).toBe('Create Deployment later and 2 more objects');
    expect(steps.map(({ until }) => until)).toEqual([[], [], [{ type: 'rolloutComplete', target: web.change.target }]]);
  });

  it('waits as its kind does where it is alone', () => {
    expect(draft([service])?.steps).toEqual([{ change: service.change }]);
  });

  it('leaves out what stays as it is, and does not go without what would be refused', () => {
    expect(draft([{ ...service, outcome: 'unchanged' }, web])?.steps).toEqual([{ change: web.change }]);
    expect(draft([{ ...service, outcome: 'unchanged' }])).toBeNull();
    expect(draft([service, { ...web, outcome: 'refused' }])).toBeNull();
  });

  it('takes over fields of others only where somebody said so', () => {
    const owned = { ...web, conflicts: [{ manager: 'helm', fields: ['.spec.replicas'], since: null, operation: null }] };
    expect(draft([owned])).toBeNull();
    expect(draft([owned], ['Deployment.apps/shop/web'])?.steps?.[0]?.change).toMatchObject({ force: true });
  });
});
