import type { BuiltInKind } from '@quarterdeck/contract';
import type { FlagTable } from './kubectl-command.ts';

export interface VerbPolicy extends FlagTable {
  /** A change needs a namespace and exactly one object of one of these kinds; a read has none. */
  changes: readonly BuiltInKind[] | null;
}

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
/** What a plan may change in place. Storage, policies, access rights, webhooks, nodes and namespaces are a person's. */
const configurable: readonly BuiltInKind[] = [...workloads, 'CronJob', 'Job', 'Service', 'Ingress', 'ConfigMap', 'ServiceAccount', 'HorizontalPodAutoscaler'];
const withPods: readonly BuiltInKind[] = [...workloads, 'CronJob'];

const selection = { values: ['namespace', 'selector', 'field-selector'], shorts: { n: 'namespace', l: 'selector', A: 'all-namespaces' } };

function read(values: readonly string[], switches: readonly string[], shorts: Record<string, string> = {}): VerbPolicy {
  return {
    changes: null,
    values: [...selection.values, ...values],
    switches: ['all-namespaces', ...switches],
    shorts: { ...selection.shorts, ...shorts },
  };
}

function change(kinds: readonly BuiltInKind[], values: readonly string[], switches: readonly string[] = [], shorts: Record<string, string> = {}): VerbPolicy {
  return { changes: kinds, values: ['namespace', 'dry-run', 'field-manager', ...values], switches, shorts: { n: 'namespace', ...shorts } };
}

const output = { o: 'output' };
const container = { c: 'containers' };

/**
 * The verbs that a plan may use, with the flags that each may carry. Closed: what is not here is refused. Left out on
 * purpose: every flag that picks another cluster or identity, reads local files, forces, or never ends.
 */
export const verbPolicies: Readonly<Record<string, VerbPolicy>> = {
  get: read(['output', 'sort-by', 'label-columns', 'chunk-size'], ['show-labels', 'no-headers', 'ignore-not-found', 'show-kind'], {
    ...output,
    L: 'label-columns',
  }),
  describe: read(['chunk-size'], ['show-events']),
  logs: read(['container', 'tail', 'since', 'since-time', 'limit-bytes'], ['previous', 'all-containers', 'timestamps', 'prefix', 'ignore-errors', 'all-pods'], {
    c: 'container',
    p: 'previous',
  }),
  events: read(['for', 'types', 'output'], ['no-headers'], output),
  'top pod': read(['sort-by'], ['containers', 'no-headers', 'sum']),
  'top pods': read(['sort-by'], ['containers', 'no-headers', 'sum']),
  'top node': read(['sort-by'], ['no-headers']),
  'top nodes': read(['sort-by'], ['no-headers']),
  wait: read(['for', 'timeout', 'output'], ['all'], output),
  'rollout status': read(['timeout', 'revision'], []),
  'rollout history': read(['revision', 'output'], [], output),
  'auth can-i': read(['subresource'], ['list', 'quiet'], { q: 'quiet' }),
  'auth whoami': read(['output'], [], output),
  explain: read(['api-version'], ['recursive']),
  version: read(['output'], ['client'], output),
  'api-resources': read(['api-group', 'verbs', 'output', 'sort-by'], ['namespaced', 'no-headers'], output),
  'api-versions': read([], []),
  'rollout restart': change(workloads, []),
  'rollout undo': change(workloads, ['to-revision']),
  'rollout resume': change(['Deployment'], []),
  'set image': change(withPods, []),
  'set env': change(withPods, ['containers', 'env'], ['overwrite'], { ...container, e: 'env' }),
  'set resources': change(withPods, ['containers', 'limits', 'requests'], [], container),
  'set serviceaccount': change(withPods, []),
  'set selector': change(['Service'], ['resource-version']),
  scale: change(['Deployment', 'StatefulSet'], ['replicas', 'current-replicas', 'resource-version', 'timeout']),
  patch: change(configurable, ['patch', 'type'], [], { p: 'patch' }),
  annotate: change(configurable, ['resource-version'], ['overwrite']),
  label: change(configurable, ['resource-version'], ['overwrite']),
  'create serviceaccount': change(['ServiceAccount'], []),
  'create sa': change(['ServiceAccount'], []),
  'create configmap': change(['ConfigMap'], ['from-literal']),
  'create cm': change(['ConfigMap'], ['from-literal']),
};

/** Flags that may stand more than once; a second one of any other would silently win over the first. */
export const repeatable: ReadonlySet<string> = new Set(['env', 'from-literal', 'for', 'types']);

export function flagTableOf(verb: string): FlagTable | null {
  return Object.hasOwn(verbPolicies, verb) ? (verbPolicies[verb] ?? null) : null;
}
