import { describe, expect, it } from 'vitest';
import type { Focus } from '../../sources/context-source.ts';
import type { NamedObject, Question, Selection, Since, Subject, Vocabulary } from './question.ts';
import { understand } from './understand.ts';

const object = (kind: string, namespace: string | null, name: string): NamedObject => ({ kind, namespace, name });

const vocabulary: Vocabulary = {
  kinds: [
    { kind: 'Certificate', plural: 'certificates', shortNames: ['cert', 'certs'], namespaced: true },
    { kind: 'Kafka', plural: 'kafkas', shortNames: ['k'], namespaced: true },
  ],
  objects: [
    object('Deployment', 'shop', 'web'),
    object('Service', 'shop', 'web'),
    object('Ingress', 'shop', 'web'),
    object('ReplicaSet', 'shop', 'web-6d4f9c7b5'),
    object('Pod', 'shop', 'web-6d4f9c7b5-x2x9z'),
    object('Deployment', 'shop', 'payments-api'),
    object('Pod', 'shop', 'payments-api-7f9-abcde'),
    object('Deployment', 'shop', 'checkout-worker'),
    object('StatefulSet', 'data', 'postgres'),
    object('Pod', 'data', 'postgres-0'),
    object('PersistentVolumeClaim', 'data', 'data-postgres-0'),
    object('ConfigMap', 'shop', 'edge-conf'),
    object('Secret', 'shop', 'db-password'),
    object('CronJob', 'batch', 'nightly-report'),
    object('Deployment', 'staging', 'web'),
    object('Deployment', 'shop', 'test'),
    object('Service', 'shop', 'accounts'),
    object('Deployment', 'shop', 'jobs'),
    object('ClusterRole', null, 'edit'),
    object('ClusterRole', null, 'system:controller:job-controller'),
    object('Node', null, 'worker-1'),
    object('Namespace', null, 'shop'),
    object('Namespace', null, 'staging'),
    object('Namespace', null, 'demo-oomkilled'),
  ],
  namespaces: ['shop', 'data', 'batch', 'staging', 'kube-system'],
  troubled: [object('Deployment', 'shop', 'payments-api'), object('ConfigMap', 'shop', 'edge-conf')],
};

const nothing: Focus = { page: null, namespace: null, object: null, issueId: null };
/** Saturday, noon. */
const now = Date.parse('2026-11-21T12:00:00Z');

const about = (subject: Subject | null): string => {
  const [first] = subject?.matches ?? [];
  if (subject === null) return '';
  return first === undefined ? `?${subject.text}` : `${first.kind} ${first.namespace === null ? '' : `${first.namespace}/`}${first.name}`;
};

/** What questions have, whichever they are. */
interface Fields {
  intent: string;
  subject?: Subject | null;
  kind?: string;
  selection?: Selection;
  of?: string | { kind: string; selection: Selection } | null;
  ordered?: boolean;
  compared?: boolean;
  by?: string;
  limit?: number;
  side?: string;
  whole?: boolean;
  check?: string | null;
  topic?: string;
  task?: string;
  since?: Since | null;
  previous?: boolean;
  search?: string | null;
  lines?: number;
  warningsOnly?: boolean;
  release?: string | null;
  severity?: string | null;
  namespace: string | null;
}

const listed = (selection: Selection | undefined) =>
  selection && [selection.filter && `[${selection.filter}]`, selection.sort && `by ${selection.sort}`, selection.limit && `top ${selection.limit}`];

/** A question in a line; what is as usual is left out. */
function brief(question: Question): string {
  const { intent, subject, kind, selection, of, by, limit, side, check, topic, task, since, lines, namespace, ...rest }: Fields = question;
  const among = typeof of === 'object' && of !== null ? [of.kind, listed(of.selection)].flat() : [of];
  const what = [
    intent,
    rest.ordered && 'ordered',
    about(subject ?? null),
    kind,
    listed(selection),
    ...among,
    by,
    limit,
    side,
    check === null ? 'all' : check,
    topic,
  ];
  const toDo = task && `to ${task}`;
  const how = [since && `for ${since.ms / 60_000}m`, rest.previous && 'previous', rest.search && `/${rest.search}/`, lines !== 50 && lines && `${lines} lines`];
  const where = [rest.whole && 'whole', rest.warningsOnly && 'warnings', rest.release, rest.severity, namespace && `in ${namespace}`];
  return [what, toDo, rest.compared && 'compared', how, where].flat(2).filter(Boolean).join(' ');
}

const ask = (question: string, focus: Partial<Focus> = {}) => brief(understand(question, { vocabulary, focus: { ...nothing, ...focus }, now }));

const phrasings: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'why something fails': [
    ['why is web failing', 'why Deployment shop/web'],
    ['Why is web failing?', 'why Deployment shop/web'],
    ['why is web failing in staging', 'why Deployment staging/web in staging'],
    ['why is the payments api failing?', 'why Deployment shop/payments-api'],
    ['why is payments-api not ready', 'why Deployment shop/payments-api'],
    ['why does postgres keep crashing', 'why StatefulSet data/postgres'],
    ["why isn't web starting", 'why Deployment shop/web'],
    ["why won't postgres-0 start", 'why Pod data/postgres-0'],
    ['whats wrong with web', 'why Deployment shop/web'],
    ["what's wrong with the web service?", 'why Service shop/web'],
    ['what is the problem with nightly-report', 'why CronJob batch/nightly-report'],
    ['what is the matter with postgres', 'why StatefulSet data/postgres'],
    ['what happened to web', 'changes Deployment shop/web'],
    ['whi is web failng', 'why Deployment shop/web'],
    ['why is paymnts-api crashng', 'why Deployment shop/payments-api'],
    ['why are the pods of web restarting', 'why Deployment shop/web'],
    ['root cause of the web outage', 'why Deployment shop/web'],
    ['reason for postgres being down', 'why StatefulSet data/postgres'],
    ['diagnose web', 'why Deployment shop/web'],
    ['troubleshoot deploy/web', 'why Deployment shop/web'],
    ['debug pod data/postgres-0', 'why Pod data/postgres-0'],
    ['web is down', 'why Deployment shop/web'],
    ['postgres keeps restarting', 'why StatefulSet data/postgres'],
    ['is web broken?', 'why Deployment shop/web'],
    ['how come checkout is stuck', 'why Deployment shop/checkout-worker'],
    ['why is frontend failing', 'why ?frontend'],
    ['why is pvc data-postgres-0 pending', 'why PersistentVolumeClaim data/data-postgres-0'],
    ['why is node worker-1 not ready', 'why Node worker-1'],
    ['why is namespace staging stuck terminating', 'why Namespace staging'],
    ['why is the test deployment failing', 'why Deployment shop/test'],
    ['please tell me why web is unhealthy', 'why Deployment shop/web'],
    ['investigate checkout-worker', 'why Deployment shop/checkout-worker'],
    ['why is service accounts failing', 'why Service shop/accounts'],
    ['why is the deployment jobs failing', 'why Deployment shop/jobs'],
    ['errors in payments-api', 'why Deployment shop/payments-api'],
  ],
  'what is broken': [
    ['what is broken', 'issues'],
    ["what's broken in shop?", 'issues in shop'],
    ['anything wrong?', 'issues'],
    ['is everything ok', 'issues'],
    ['is my cluster healthy?', 'issues'],
    ['any problems in the data namespace', 'issues in data'],
    ['show critical issues', 'issues critical'],
    ['list incidents', 'issues'],
    ['what is failing', 'issues'],
    ['why are pods pending', 'issues Pod [status:pending]'],
    ['what should I look at', 'issues'],
    ['how many issues are there', 'issues'],
    ['show me the probems', 'issues'],
    ['what is going on', 'issues'],
    ['my app is not working', 'issues Workload [!status:healthy !status:scaledToZero]'],
    ['why is my website slow', 'issues Workload'],
  ],
  'how it is mended': [
    ['fix web', 'fix Deployment shop/web'],
    ['how do I fix web', 'fix Deployment shop/web'],
    ['how can we get postgres working again', 'fix StatefulSet data/postgres'],
    ['plan for web', 'fix Deployment shop/web'],
    ['what can I do about payments-api', 'fix Deployment shop/payments-api'],
  ],
  'what changed': [
    ['what changed', 'changes'],
    ['what changed since yesterday', 'changes for 2160m'],
    ['what has changed in shop in the last hour', 'changes for 60m in shop'],
    ['what changed in the last 30 minutes?', 'changes for 30m'],
    ['what changed on web today', 'changes Deployment shop/web for 720m'],
    ['who changed web', 'changes Deployment shop/web'],
    ['who edited the edge-conf configmap', 'changes ConfigMap shop/edge-conf'],
    ['recent changes', 'changes for 60m'],
    ['changes to payments-api in the past 2 days', 'changes Deployment shop/payments-api for 2880m'],
    ['wat chagned since last night', 'changes for 1080m'],
    ['what was deployed this week', 'changes for 10080m'],
    ['history of web', 'changes Deployment shop/web'],
    ['what happened in the last 2 hours', 'changes for 120m'],
    ['what happened overnight', 'changes for 1080m'],
    ['when was web deployed', 'changes Deployment shop/web'],
    ['what changed since 9am', 'changes for 180m'],
    ['what changed since friday', 'changes for 2160m'],
    ['who deleted postgres', 'changes StatefulSet data/postgres'],
    ['who broke web', 'changes Deployment shop/web'],
    ['what changed half an hour ago', 'changes for 30m'],
  ],
  lists: [
    ['list pods', 'list Pod'],
    ['show me all pods in shop', 'list Pod in shop'],
    ['pods', 'list Pod'],
    ['get po -n data', 'list Pod in data'],
    ['list deployments in the shop namespace', 'list Deployment in shop'],
    ['show all services', 'list Service'],
    ['which pods are not ready', 'list Pod [!status:healthy !status:scaledToZero]'],
    ['pods that restart a lot', 'list Pod [restarts>5] by -restarts'],
    ['which containers were oomkilled', 'list Pod [status:oomkilled]'],
    ['pods with more than 3 restarts', 'list Pod [restarts>3] by -restarts'],
    ['which pods restarted more than twelve times', 'list Pod [restarts>12] by -restarts'],
    ['pods with at least 2 restarts in shop', 'list Pod [restarts>=2] by -restarts in shop'],
    ['which pods have the most restarts', 'list Pod [restarts>0] by -restarts'],
    ['which pods are pending?', 'list Pod [status:pending]'],
    ['show crashing pods', 'list Pod [/crash|error|oomkilled/]'],
    ['pods that were oom killed', 'list Pod [status:oomkilled]'],
    ['pods which can not pull their image', 'list Pod [status:image]'],
    ['running pods in kube-system', 'list Pod [status:running] in kube-system'],
    ['evicted pods', 'list Pod [status:evicted]'],
    ['pods older than 2 days', 'list Pod [age>2d]'],
    ['pods created in the last hour', 'list Pod [age<60m]'],
    ['oldest 5 pods', 'list Pod by age'],
    ['newest deployments', 'list Deployment by -age'],
    ['deployments that are not available', 'list Deployment [!status:healthy !status:scaledToZero]'],
    ['deployments scaled to zero', 'list Deployment [status:scaledToZero]'],
    ['unbound claims', 'list PersistentVolumeClaim [!status:bound]'],
    ['which volumes are not bound', 'list PersistentVolume [!status:bound]'],
    ['show config maps in shop', 'list ConfigMap in shop'],
    ['list secrets', 'list Secret'],
    ['which nodes are not ready', 'list Node [!status:healthy !status:scaledToZero]'],
    ['cordoned nodes', 'list Node [status:schedulingdisabled]'],
    ['list service accounts', 'list ServiceAccount'],
    ['list jobs', 'list Job'],
    ['list cron jobs', 'list CronJob'],
    ['suspended cronjobs', 'list CronJob [/true|suspended/]'],
    ['failed jobs', 'list Job [!status:healthy !status:scaledToZero]'],
    ['show me the ingresses', 'list Ingress'],
    ['network policies in shop', 'list NetworkPolicy in shop'],
    ['show certs', 'list Certificate'],
    ['list certificates', 'list Certificate'],
    ['pods on node worker-1', 'list Pod [node:worker-1]'],
    ['pods with label app=web', 'list Pod [-l app=web]'],
    ['lst depoyments', 'list Deployment'],
    ['show podz', 'list Pod'],
    ['list namespaces', 'list Namespace'],
    ['pods of web', 'list Pod [name:web] in shop'],
    ['which apps are unhealthy', 'list Workload [!status:healthy !status:scaledToZero]'],
    ['give me the stateful sets', 'list StatefulSet'],
    ['show pods in all namespaces', 'list Pod'],
    ['do we have any daemonsets', 'list DaemonSet'],
    ['autoscalers', 'list HorizontalPodAutoscaler'],
    ['find pods using image postgres', 'list Workload [postgres]'],
    ['what pods are in data', 'list Pod in data'],
    ['what are the pods in shop', 'list Pod in shop'],
  ],
  counts: [
    ['how many pods are there', 'count Pod'],
    ['how many pods are running in shop', 'count Pod [status:running] in shop'],
    ['number of nodes', 'count Node'],
    ['count deployments', 'count Deployment'],
    ['how many pods restarted more than 5 times', 'count Pod [restarts>5] by -restarts'],
    ['how many replicas does web have', 'describe Deployment shop/web'],
    ['how mny pods are not ready', 'count Pod [!status:healthy !status:scaledToZero]'],
  ],
  usage: [
    ['which pods use the most memory', 'top pods memory 5'],
    ['biggest memory', 'top pods memory 10'],
    ['top pods by cpu', 'top pods cpu 10'],
    ['top 3 pods by memory in shop', 'top pods memory 3 in shop'],
    ['cpu usage of nodes', 'top nodes cpu 10'],
    ['how full are the nodes', 'top nodes memory 10'],
    ['memory usage of web', 'top Deployment shop/web pods memory 10'],
    ['who eats all the memry', 'top pods memory 10'],
    ['busiest pods', 'top pods cpu 10'],
    ['how much cpu does postgres use', 'top StatefulSet data/postgres pods cpu 10'],
  ],
  logs: [
    ['logs of web', 'logs Deployment shop/web'],
    ['show me the logs of payments-api', 'logs Deployment shop/payments-api'],
    ['get the last 20 lines of the logs of web', 'logs Deployment shop/web 20 lines'],
    ['logs from web since yesterday', 'logs Deployment shop/web for 2160m'],
    ['previous logs of postgres-0', 'logs Pod data/postgres-0 previous'],
    ['log of the crashed container of web', 'logs Deployment shop/web previous'],
    ['errors in the logs of web', 'logs Deployment shop/web /error/'],
    ['what does web print', 'logs Deployment shop/web'],
    ['loggs of web', 'logs Deployment shop/web'],
    ['tail postgres', 'logs StatefulSet data/postgres'],
    ['logs of web containing "timeout"', 'logs Deployment shop/web /timeout/'],
    ['logs of web in staging', 'logs Deployment staging/web in staging'],
  ],
  events: [
    ['events', 'events'],
    ['events in shop', 'events in shop'],
    ['show warnings in the last hour', 'events for 60m warnings'],
    ['events of postgres', 'events StatefulSet data/postgres'],
    ['recent evnts for web', 'events Deployment shop/web for 60m'],
  ],
  'one object': [
    ['describe web', 'describe Deployment shop/web'],
    ['describe service web', 'describe Service shop/web'],
    ['status of postgres', 'describe StatefulSet data/postgres'],
    ['show me deployment web', 'describe Deployment shop/web'],
    ['is web ok', 'describe Deployment shop/web'],
    ['how is postgres doing', 'describe StatefulSet data/postgres'],
    ['web', 'describe Deployment shop/web'],
    ['pod/postgres-0', 'describe Pod data/postgres-0'],
    ['where does web run', 'describe Deployment shop/web'],
    ['yaml of edge-conf', 'describe ConfigMap shop/edge-conf whole'],
    ['tell me about web', 'describe Deployment shop/web'],
  ],
  relations: [
    ['what uses edge-conf', 'neighbours ConfigMap shop/edge-conf usedBy'],
    ['who uses the secret db-password', 'neighbours Secret shop/db-password usedBy'],
    ['which pods mount edge-conf', 'neighbours ConfigMap shop/edge-conf usedBy'],
    ['what depends on postgres', 'neighbours StatefulSet data/postgres usedBy'],
    ['what does web depend on', 'neighbours Deployment shop/web uses'],
    ['what is behind service web', 'neighbours Service shop/web uses'],
    ['what happens if I delete postgres', 'neighbours StatefulSet data/postgres usedBy'],
    ['can I safely remove edge-conf', 'neighbours ConfigMap shop/edge-conf usedBy'],
    ['what is related to web', 'neighbours Deployment shop/web both'],
  ],
  sizes: [
    ['right-size web', 'size Deployment shop/web'],
    ['what does postgres need', 'size StatefulSet data/postgres'],
    ['how much memory should web have', 'size Deployment shop/web'],
    ['is payments-api over-provisioned', 'size Deployment shop/payments-api'],
    ['how many replicas should web have', 'size Deployment shop/web'],
  ],
  advice: [
    ['which pods have no memory limit', 'advise memory-limit-missing'],
    ['deployments without readiness probe', 'advise readiness-probe-missing'],
    ['unused config maps', 'advise config-map-unused'],
    ['secrets that are not used', 'advise secret-unused'],
    ['containers running as root', 'advise runs-as-root'],
    ['images with the latest tag', 'advise image-latest'],
    ['privileged pods', 'advise privileged-container'],
  ],
  explanations: [
    ['what is a pod disruption budget', 'explain pod disruption budget'],
    ['explain CrashLoopBackOff', 'explain CrashLoopBackOff'],
    ['what does ErrImagePull mean?', 'explain ErrImagePull'],
    ['what is exit code 137', 'explain exit code 137'],
    ['explain deployment.spec.strategy', 'explain deployment.spec.strategy'],
    ['Explain deployment.spec.template.spec.restartPolicy', 'explain deployment.spec.template.spec.restartPolicy'],
    ['what is OOMKilled', 'explain OOMKilled'],
    ['what is a configmap', 'explain configmap'],
    ['what does pvc stand for', 'explain pvc'],
    ['explain claim-pending', 'explain claim-pending'],
    ['explain exit code 139', 'explain exit code 139'],
    ['what is a helm chart', 'explain helm chart'],
    ['what is an ingress controller', 'explain ingress controller'],
  ],
  tasks: [
    ['how do I scale a deployment', 'howTo to scale a deployment'],
    ['how to roll back web', 'howTo Deployment shop/web to roll back'],
    ['how can I restart a deployment', 'howTo to restart a deployment'],
    ['what is the kubectl command to drain a node', 'howTo to drain a node'],
    ['how do I get a shell in a pod', 'howTo to get a shell in a pod'],
  ],
  'what is written down': [
    ['is there a runbook for postgres', 'knowledge StatefulSet data/postgres'],
    ['has this happened before', 'knowledge'],
  ],
  'helm and the cluster': [
    ['list helm releases', 'helm'],
    ['which charts are installed', 'helm'],
    ['which version is the cluster', 'overview'],
    ['what can you do', 'abilities'],
    ['help', 'abilities'],
    ['hello', 'abilities'],
  ],
  'on call': [
    ['is anything wrong with the nodes', 'issues Node [!status:healthy !status:scaledToZero]'],
    ['are the nodes ok', 'issues Node [!status:healthy !status:scaledToZero]'],
    ['which pods are not ready and why', 'issues Pod [!status:healthy !status:scaledToZero]'],
    ['is the api server ok', 'controlPlane'],
    ['is the control plane healthy', 'controlPlane'],
    ['how many pods are not running', 'count Pod [!status:running !status:completed !status:succeeded]'],
    ['pods not in shop', 'list Pod [!ns:shop]'],
    ['deployments outside kube-system', 'list Deployment [!ns:kube-system]'],
    ['how many pods are not in shop', 'count Pod [!ns:shop]'],
    ['how many restarts', 'list Pod [restarts>0] by -restarts'],
    ['what is the oldest pod', 'list Pod by age'],
    ['what is the newest deployment', 'list Deployment by -age'],
    ['what broke and when did it start', 'onset'],
    ['how long has web been broken', 'onset Deployment shop/web'],
    ['since when is postgres down', 'onset StatefulSet data/postgres'],
    ['when did it start', 'onset Deployment shop/payments-api'],
    ['roll it back', 'howTo ordered Deployment shop/payments-api to roll back'],
    ['delete the postgres pvc', 'howTo ordered PersistentVolumeClaim data/data-postgres-0 to delete object'],
    ['delete the quota', 'howTo ordered to delete the resourcequota'],
    ['restart web', 'howTo ordered Deployment shop/web to restart'],
    ['compare the configmap before and after', 'changes ConfigMap shop/edge-conf compared'],
    ['who changed the config map', 'changes ConfigMap shop/edge-conf'],
    ['show yaml of the configmap', 'describe ConfigMap shop/edge-conf whole'],
    ['show me the statefulset', 'describe StatefulSet data/postgres'],
    ['how much memory should i give it', 'size Deployment shop/payments-api'],
    ['what image does it run', 'images Deployment shop/payments-api'],
    ['which images run in shop', 'images in shop'],
    ['what image does postgres run', 'images StatefulSet data/postgres'],
    ['when does the certificate expire', 'certificates'],
    ['is the certificate still valid', 'certificates'],
    ['how do i renew the certificate', 'howTo to renew the certificate'],
    ['why does https not work', 'issues'],
  ],
  'on call, further': [
    ['what is the memory limit of the statefulset', 'size StatefulSet data/postgres'],
    ['which container was killed', 'list Pod [status:oomkilled]'],
    ['what is the worst problem', 'issues'],
    ['which image is wrong', 'issues'],
    ['is the rollout stuck', 'issues'],
    ['since when is the rollout stuck', 'onset'],
    ['which service has no endpoints', 'issues Service'],
    ['which configmap is missing', 'issues ConfigMap'],
    ['which revision is live', 'changes'],
    ['when was the last rollout', 'changes'],
    ['what image was it before', 'changes Deployment shop/payments-api compared'],
    ['how many replicas are ready', 'list Workload'],
    ['why is the pod not starting', 'why Pod shop/payments-api-7f9-abcde'],
    ['restart the statefulset', 'howTo ordered StatefulSet data/postgres to restart'],
    ['how do I raise the quota', 'howTo to raise the resourcequota'],
  ],
  'what needs a model': [
    ['write me a poem about pods', 'needsModel'],
    ['should I use a statefulset or a deployment', 'needsModel'],
    ['summarise the last week for my boss', 'needsModel'],
    ['what is the difference between a deployment and a statefulset', 'needsModel'],
    ['compare web with payments-api', 'needsModel'],
  ],
};

describe.each(Object.entries(phrasings))('%s', (_, table) => {
  it.each(table)('%s', (question, understood) => expect(ask(question)).toBe(understood));
});

describe('what is looked at', () => {
  const web = object('Deployment', 'shop', 'web');
  it.each([
    ['why?', 'why Deployment shop/web'],
    ['and its logs?', 'logs Deployment shop/web'],
    ['why is it failing', 'why Deployment shop/web'],
    ['what changed?', 'changes Deployment shop/web'],
    ['show me its events', 'events Deployment shop/web'],
    ['how do I fix that', 'fix Deployment shop/web'],
    ['logs', 'logs Deployment shop/web'],
    ['what depends on it', 'neighbours Deployment shop/web usedBy'],
    ['why is postgres failing', 'why StatefulSet data/postgres'],
  ])('%s', (question, understood) => expect(ask(question, { object: web })).toBe(understood));

  it('gives a name its namespace', () => {
    expect(ask('why is web failing', { namespace: 'staging' })).toBe('why Deployment staging/web in staging');
    expect(ask('list pods', { namespace: 'data' })).toBe('list Pod in data');
    expect(ask('list pods in all namespaces', { namespace: 'data' })).toBe('list Pod');
  });

  it.each([
    ['list pods', 'and in staging?', 'list Pod in staging'],
    ['logs of web', 'what about postgres', 'logs StatefulSet data/postgres'],
    ['how many pods are there', 'and deployments?', 'count Deployment'],
    ['what changed today', 'and since yesterday?', 'changes for 2160m'],
  ])('after "%s": "%s"', (before, question, understood) => expect(ask(question, { before })).toBe(understood));
});

it('offers the names that are near one that there is not', () => {
  const question = understand('why is postgrez-main failing', { vocabulary, focus: nothing, now });
  expect(question).toMatchObject({ intent: 'why', subject: { matches: [], near: expect.arrayContaining(['postgres']) } });
});
