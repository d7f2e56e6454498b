import { permissions } from '@quarterdeck/contract';
import type { Actor } from './decide.ts';

export const anonymous: Actor = { id: 'anonymous', kind: 'anonymous', permissions: new Set() };

/** Whoever holds the launch token of a workbench on their own machine: it is their kubeconfig. */
export const localPerson: Actor = { id: 'local', kind: 'person', permissions: new Set(permissions) };

/** A program that speaks MCP to us on standard input and output. */
export const localAgent: Actor = {
  id: 'mcp',
  kind: 'agent',
  permissions: new Set(['session.read', 'cluster.read', 'resource.read', 'issue.read', 'plan.create']),
};
