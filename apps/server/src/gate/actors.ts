import { permissions, seesAll } from '@quarterdeck/contract';
import type { Actor } from './decide.ts';

const outside = { organisation: null, session: null };

export const anonymous: Actor = {
  ...outside,
  id: 'anonymous',
  name: 'nobody',
  kind: 'anonymous',
  permissions: new Set(),
  policy: { namespaces: [], kinds: [] },
};

/** Whoever holds the launch token of a workbench on their own machine: it is their kubeconfig. */
export const localPerson: Actor = { ...outside, id: 'local', name: 'local', kind: 'person', permissions: new Set(permissions), policy: seesAll };

/** A program that speaks MCP to us on standard input and output. */
export const localAgent: Actor = {
  ...outside,
  id: 'mcp',
  name: 'mcp',
  kind: 'agent',
  permissions: new Set([
    'session.read',
    'cluster.read',
    'resource.read',
    'log.read',
    'metric.read',
    'helm.read',
    'issue.read',
    'plan.create',
    'action.read',
    'action.propose',
  ]),
  policy: seesAll,
};

/** Whatever on this machine asks for the numbers of the workbench, and for nothing else. */
export const localScraper: Actor = { ...anonymous, id: 'scraper', name: 'a program on this machine', kind: 'agent', permissions: new Set(['server.observe']) };

/** What the workbench does of itself, such as making the account that its environment names. It asks nobody for anything. */
export const workbenchItself: Actor = { ...anonymous, id: 'server', name: 'the workbench' };
