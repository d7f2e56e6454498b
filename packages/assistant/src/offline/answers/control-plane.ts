import { type Answer, type Asking, callTool, nothingPointed, requireTool, say } from '../asking.ts';
import { bullets, code, inText } from '../markdown.ts';
import { issueList, resourceList } from '../tool-results.ts';

const parts = 'kube-apiserver, etcd, kube-scheduler and kube-controller-manager';

/** How the platform itself is, as far as it shows in the cluster: answers, own pods, served APIs, nodes, issues. */
export async function* controlPlane(asking: Asking): Answer {
  requireTool(asking, 'list_resources');
  const { access } = asking.cluster;
  const { gitVersion } = await access.version(asking.signal);
  const when = access.recordedAt === null ? 'answers' : `answered when this was recorded (${code(access.recordedAt)})`;
  const own = yield* callTool(asking, 'list_resources', { kind: 'Pod', namespace: 'kube-system', filter: '-l tier=control-plane' }, resourceList);
  const apis = yield* callTool(asking, 'list_resources', { kind: 'APIService', filter: '!status:healthy' }, resourceList);
  const nodes = yield* callTool(asking, 'list_resources', { kind: 'Node', filter: '!status:healthy' }, resourceList);
  const { issues } = yield* callTool(asking, 'list_issues', {}, issueList);
  const touching = issues.filter(
    ({ kind, namespace }) => namespace === 'kube-system' || kind === 'APIService' || kind === 'Node' || kind.endsWith('WebhookConfiguration'),
  );
  yield say(
    bullets([
      `The API server ${when}: Kubernetes ${code(gitVersion)}.`,
      own.total === 0
        ? `${parts} are no pods of this cluster (or not to be seen), so their own state is not known here.`
        : own.items.map((row) => `${code(String(row.name))} ${inText(String(row.status ?? row.state))}`).join(', '),
      apis.total === 0 ? 'All served APIs are available.' : `APIs that are not available: ${apis.items.map((row) => code(String(row.name))).join(', ')}.`,
      nodes.total === 0 ? 'All nodes are ready.' : `Nodes that are not ready: ${nodes.items.map((row) => code(String(row.name))).join(', ')}.`,
      touching.length === 0 ? 'No issue touches the platform.' : `Issues: ${touching.map(({ id, title }) => `${inText(title)} (${code(id)})`).join('; ')}.`,
    ]),
  );
  yield say('What it says of itself: `kubectl get --raw /readyz?verbose`.');
  return nothingPointed;
}
