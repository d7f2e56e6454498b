/** How far what both print must agree. */
export type Agreement =
  /** To the byte. */
  | 'text'
  /** Every cell, whatever the space between them. */
  | 'cells'
  /** The same value, as JSON or YAML. */
  | 'value'
  /** The same lines, in any order. */
  | 'lines';

export interface ComparedCommand {
  verb: string;
  args: readonly string[];
  agreement: Agreement;
  /** Why the two differ where they are meant to; the difference is then checked to be there still. */
  differs?: string;
  /** Said without a namespace. */
  clusterWide?: boolean;
  /** Where kubectl takes other words for the same. */
  kubectl?: readonly string[];
}

const outputs = [
  ['', 'cells'],
  ['-o wide', 'cells'],
  ['-o json', 'value'],
  ['-o yaml', 'value'],
  ['-o name', 'text'],
  ['-o custom-columns=NAME:.metadata.name,KIND:.kind,LABELS:.metadata.labels', 'text'],
  ['-o jsonpath={.items[*].metadata.name}', 'text'],
  ['-o go-template={{range.items}}{{.metadata.name}}|{{.kind}}{{"\\n"}}{{end}}', 'text'],
] as const;

const kinds = [
  'pods',
  'deploy',
  'svc',
  'configmaps',
  'secrets',
  'sa',
  'rs',
  'nodes',
  'ns',
  'pvc',
  'ingress',
  'jobs',
  'cronjobs',
  'netpol',
  'storageclasses',
  'clusterroles',
  'endpointslices',
  'hpa',
  'pdb',
  'crds',
];

const selections = [
  'pods -A',
  'pods -l app=web',
  'pods -l app!=web',
  'pods -l app in (web,cache)',
  'pods --field-selector status.phase=Running',
  'pods --field-selector metadata.name=nothing',
  'pods --show-labels',
  'pods -L app,tier',
  'pods --no-headers',
  'pods --sort-by=.metadata.name',
  'deploy --sort-by={.spec.replicas}',
  'deploy,svc',
  'deploy/web svc/web',
  'deploy web cache',
  'all',
  'deployments.apps',
  'deployments.v1.apps',
  'pods --chunk-size=1',
  'pods --show-kind',
  'configmap settings -o jsonpath={.data.colour}',
  "configmap settings -o jsonpath={.data['dotted\\.key']}",
  'deploy web -o jsonpath={.spec.template.spec.containers[0].image}',
  'deploy web -o jsonpath={.metadata.labels}',
  'deploy -o jsonpath={range.items[*]}{.metadata.name}={.spec.replicas}{"\\n"}{end}',
  'deploy -o jsonpath={.items[?(@.metadata.name=="web")].spec.replicas}',
  'deploy -o jsonpath={..image}',
  'deploy -o jsonpath={.items[-1:].metadata.name}',
  'deploy web -o go-template={{.metadata.name}}{{"\\n"}}',
  'deploy -o go-template={{len .items}}{{range $i, $d := .items}}{{if $i}},{{end}}{{$d.metadata.name}}{{end}}',
  'deploy web -o go-template={{printf "%s-%v" .metadata.name .spec.replicas}}',
  'deploy web -o custom-columns=IMAGE:.spec.template.spec.containers[*].image,NONE:.spec.nothing',
  'deploy web --subresource=scale',
  'pods -o custom-columns=N:.metadata.name --no-headers',
  'ns default -o yaml',
  'deploy web -o json',
  'deploy web -o yaml --show-managed-fields',
  'pods nothing --ignore-not-found',
  'pods -o=name',
  'deploy -A=true -oname',
  '--raw /api/v1/namespaces/default',
];

/** Words of a line; what stands in brackets or braces is one word. */
export function wordsIn(line: string): string[] {
  return line.match(/(?:\([^)]*\)|\{\{.*?\}\}|\{[^{}]*\}|\S)+/g) ?? [];
}

function agreementOf(line: string): Agreement {
  if (/-o (?:json|yaml)(?: |$)|--raw/.test(line)) return 'value';
  return /-o ?=?(?:name|jsonpath|go-template|custom)/.test(line) ? 'text' : 'cells';
}

function get(line: string, agreement: Agreement): ComparedCommand {
  const words = line.startsWith('pods -l app in') ? ['pods', '-l', 'app in (web,cache)'] : wordsIn(line);
  return {
    verb: 'get',
    args: ['get', ...words],
    agreement,
    ...(/-A|--raw|^(?:nodes|ns|storageclasses|clusterroles|crds)\b/.test(line) ? { clusterWide: true } : {}),
    ...secretDifference(line),
  };
}

function secretDifference(line: string): { differs?: string } {
  const prints = /^secrets -o (?:json|yaml)$/.test(line);
  return prints ? { differs: 'Values of Secrets are printed with --show-secret-values alone, and that is written down.' } : {};
}

const others: readonly ComparedCommand[] = [
  {
    verb: 'get',
    args: ['get', 'secret', 'login', '-o', 'json', '--show-secret-values'],
    kubectl: ['get', 'secret', 'login', '-o', 'json'],
    agreement: 'value',
  },
  { verb: 'api-resources', args: ['api-resources'], agreement: 'cells', clusterWide: true },
  { verb: 'api-resources', args: ['api-resources', '-o', 'wide'], agreement: 'cells', clusterWide: true },
  { verb: 'api-resources', args: ['api-resources', '-o', 'name'], agreement: 'text', clusterWide: true },
  { verb: 'api-resources', args: ['api-resources', '--namespaced=true'], agreement: 'cells', clusterWide: true },
  { verb: 'api-resources', args: ['api-resources', '--verbs=list,delete', '--api-group=apps'], agreement: 'cells', clusterWide: true },
  { verb: 'api-versions', args: ['api-versions'], agreement: 'text', clusterWide: true },
  { verb: 'auth', args: ['auth', 'can-i', 'delete', 'pods'], agreement: 'text' },
  { verb: 'auth', args: ['auth', 'can-i', 'get', 'pods/web', '--subresource=log', '-q'], agreement: 'text' },
  { verb: 'auth', args: ['auth', 'can-i', '*', '*', '-A'], agreement: 'text', clusterWide: true },
  { verb: 'explain', args: ['explain', 'deploy.spec.strategy'], agreement: 'cells', clusterWide: true },
  { verb: 'explain', args: ['explain', 'pod'], agreement: 'cells', clusterWide: true },
  { verb: 'explain', args: ['explain', 'cronjob.spec', '--recursive'], agreement: 'cells', clusterWide: true },
  { verb: 'events', args: ['events', '--for', 'deploy/web'], agreement: 'cells' },
  { verb: 'events', args: ['events', '--types=Warning', '--for', 'deploy/cache'], agreement: 'cells' },
  { verb: 'wait', args: ['wait', 'deploy/web', '--for=condition=Available', '--timeout=20s'], agreement: 'text' },
  { verb: 'wait', args: ['wait', 'deploy', '-l', 'app=web', '--for=jsonpath={.spec.replicas}=2', '--timeout=20s'], agreement: 'text' },
  { verb: 'wait', args: ['wait', 'pod/nothing', '--for=delete', '--timeout=5s'], agreement: 'text' },
  { verb: 'wait', args: ['wait', 'deploy/web', '--for=condition=Failed', '--timeout=1s'], agreement: 'text' },
  { verb: 'rollout', args: ['rollout', 'status', 'deploy/web'], agreement: 'text' },
  { verb: 'label', args: ['label', 'deploy/web', 'team=shop', '--dry-run=server'], agreement: 'text' },
  { verb: 'annotate', args: ['annotate', 'deploy/web', 'owner=me', '--dry-run=server'], agreement: 'text' },
  {
    verb: 'scale',
    args: ['scale', 'deploy/web', '--replicas=3', '--dry-run=server'],
    agreement: 'text',
  },
  {
    verb: 'patch',
    args: ['patch', 'deploy/web', '-p', '{"spec":{"replicas":3}}', '--dry-run=server'],
    agreement: 'text',
    differs: 'kubectl patch does not say that it was a dry run.',
  },
  { verb: 'set', args: ['set', 'image', 'deploy/web', 'main=docker.io/local/pause:2', '--dry-run=server'], agreement: 'text' },
  { verb: 'delete', args: ['delete', 'deploy/web', '--dry-run=server'], agreement: 'text' },
  {
    verb: 'rollout',
    args: ['rollout', 'restart', 'deploy/web', '--dry-run=server'],
    kubectl: ['rollout', 'restart', 'deploy/web', '--dry-run=server'],
    agreement: 'text',
    differs: 'kubectl rollout restart has no --dry-run.',
  },
  { verb: 'cordon', args: ['cordon', 'nothing', '--dry-run=server'], agreement: 'text', clusterWide: true },
  { verb: 'logs', args: ['logs', 'deploy/web', '--tail=1'], agreement: 'text' },
  {
    verb: 'describe',
    args: ['describe', 'deploy', 'web'],
    agreement: 'cells',
    differs: 'Every kind is described in one form, by its fields; kubectl has a text of its own for each.',
  },
  {
    verb: 'cluster-info',
    args: ['cluster-info'],
    agreement: 'text',
    clusterWide: true,
    differs: 'kubectl colours the words and names cluster-info dump; qd names qd issues and snapshots.',
  },
  { verb: 'get', args: ['get', 'pods', 'nothing'], agreement: 'text' },
  { verb: 'get', args: ['get', 'nothings'], agreement: 'text' },
  { verb: 'get', args: ['get', 'pods', '-o', 'nothing'], agreement: 'text' },
];

/** kubectl and qd side by side: verbs, flags and forms of output. */
export const comparedCommands: readonly ComparedCommand[] = [
  ...kinds.flatMap((kind) => outputs.map(([output, agreement]) => get(`${kind} ${output}`.trim(), agreement))),
  ...selections.map((line) => get(line, agreementOf(line))),
  ...others,
];
