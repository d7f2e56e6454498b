import { type Answer, type Asking, callTool, nothingPointed, requireTool, say } from '../asking.ts';
import { ago, bullets, code, inText, table } from '../markdown.ts';
import { issueList, releaseList } from '../tool-results.ts';
import type { Question, Vocabulary } from '../understand/question.ts';

/** The cluster at a glance: version, what there is, what is broken. */
export async function* overview({ namespace }: Extract<Question, { intent: 'overview' }>, asking: Asking): Answer {
  requireTool(asking, 'list_resources');
  const { cluster, signal } = asking;
  const [version, { view }] = await Promise.all([cluster.access.version(signal), cluster.checked(signal)]);
  const { issues } = yield* callTool(asking, 'list_issues', namespace === null ? {} : { namespace }, issueList);
  const counted = (
    ['Node', 'Namespace', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Pod', 'Service', 'Ingress', 'PersistentVolumeClaim'] as const
  ).map((kind) => [kind, String(view.names(kind, kind === 'Node' || kind === 'Namespace' ? undefined : (namespace ?? undefined)).length)]);
  const where = namespace === null ? '' : `, namespace ${code(namespace)}`;
  yield say(`${code(cluster.id)} runs Kubernetes ${code(version.gitVersion)}${where}.\n\n${table(['Kind', 'Count'], counted)}`);
  const broken = issues.slice(0, 5).map(({ severity, title }) => `**${severity}** ${inText(title)}`);
  yield say(issues.length === 0 ? 'Nothing is broken.' : `${issues.length} open issues:\n\n${bullets(broken)}`);
  return nothingPointed;
}

/** The Helm releases, or those of a name. */
export async function* helm({ namespace, release }: Extract<Question, { intent: 'helm' }>, asking: Asking): Answer {
  const found = yield* callTool(asking, 'list_helm_releases', namespace === null ? {} : { namespace }, releaseList);
  if (found.state !== 'read') {
    yield say(`The releases can't be read: ${inText(found.reason)}`);
    return nothingPointed;
  }
  const releases = found.releases.filter(({ name }) => release === null || name.includes(release));
  const rows = releases.map(({ name, namespace: where, revision, status, chart, updatedAt }) => [
    name,
    where,
    String(revision),
    status,
    chart === null ? '' : `${chart.name} ${chart.version}`,
    ago(updatedAt, asking.now()),
  ]);
  yield say(rows.length === 0 ? 'There are no Helm releases that I can see.' : table(['Release', 'Namespace', 'Revision', 'Status', 'Chart', 'Updated'], rows));
  return nothingPointed;
}

/** What can be asked without a model, with names that are there. */
export async function* abilities(vocabulary: Vocabulary): Answer {
  yield say(`Without a language model I answer from the cluster:\n\n${bullets(examplesFrom(vocabulary).map((example) => `"${example}"`))}`);
  return nothingPointed;
}

export function examplesFrom({ objects, namespaces }: Vocabulary): string[] {
  const workload = objects.find(({ kind, namespace }) => (kind === 'Deployment' || kind === 'StatefulSet') && namespace !== 'kube-system');
  const name = workload?.name ?? 'web';
  const namespace = workload?.namespace ?? namespaces[0] ?? 'default';
  return [
    'what is broken',
    `why is ${name} failing`,
    'how do I fix it',
    `what changed in ${namespace} since yesterday`,
    'which pods restart a lot',
    `how many pods are not ready in ${namespace}`,
    `logs of ${name} since 1 hour`,
    'which pods use the most memory',
    `what depends on ${name}`,
    'which pods have no memory limit',
    'explain CrashLoopBackOff',
    'explain deployment.spec.strategy',
    `how do I roll back ${name}`,
  ];
}
