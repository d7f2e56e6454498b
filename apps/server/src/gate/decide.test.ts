import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Permission, permissions, seesAll } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { type Actor, decide, type GateRequest } from './decide.ts';

const kinds: Actor['kind'][] = ['person', 'agent', 'anonymous'];
const effects: GateRequest['effect'][] = ['read', 'write'];
const clusters = { none: null, live: { readOnly: false }, readOnly: { readOnly: true } };
type ClusterState = keyof typeof clusters;
const clusterStates: ClusterState[] = ['none', 'live', 'readOnly'];

/** Rows: who asks. Columns: read, then write with no cluster, a live one, a read-only one. */
const withPermission: Record<Actor['kind'], [string, Record<ClusterState, string>]> = {
  person: ['allow', { none: 'READ_ONLY', live: 'allow', readOnly: 'READ_ONLY' }],
  agent: ['allow', { none: 'READ_ONLY', live: 'needsApproval', readOnly: 'READ_ONLY' }],
  anonymous: ['AUTH_REQUIRED', { none: 'AUTH_REQUIRED', live: 'AUTH_REQUIRED', readOnly: 'AUTH_REQUIRED' }],
};

const somebody = { id: 'somebody', name: 'Somebody', policy: seesAll, organisation: null, session: null };

function verdict(kind: Actor['kind'], held: Permission[], request: GateRequest): string {
  const decision = decide({ ...somebody, kind, permissions: new Set(held) }, request);
  return decision.outcome === 'deny' ? decision.code : decision.outcome;
}

const combinations = kinds.flatMap((kind) => effects.flatMap((effect) => clusterStates.map((cluster) => ({ kind, effect, cluster }))));

describe('decide', () => {
  it.each(combinations)('$kind, $effect, cluster $cluster: every permission', ({ kind, effect, cluster }) => {
    const [read, write] = withPermission[kind];
    for (const permission of permissions) {
      const request = { permission, effect, cluster: clusters[cluster] };
      expect(verdict(kind, [permission], request)).toBe(effect === 'read' ? read : write[cluster]);
      const others = permissions.filter((other) => other !== permission);
      expect(verdict(kind, others, request)).toBe(kind === 'anonymous' ? 'AUTH_REQUIRED' : 'FORBIDDEN');
    }
  });

  it.each(combinations)('$kind, $effect, cluster $cluster: public', ({ kind, effect, cluster }) => {
    expect(verdict(kind, [], { permission: 'public', effect, cluster: clusters[cluster] })).toBe(effect === 'read' ? 'allow' : 'FORBIDDEN');
  });
});

describe('the gate', () => {
  it('is asked in exactly two places: the route wrapper and the tool wrapper', () => {
    const source = join(import.meta.dirname, '..');
    const callers = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== join('gate', 'decide.ts'))
      .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bdecide\s*\(/g)].map(() => file));
    expect(callers.sort()).toEqual([join('routes', 'admit.ts'), join('tools', 'define-tool.ts')]);
  });
});
