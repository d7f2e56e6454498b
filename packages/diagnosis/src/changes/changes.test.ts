import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { lastChangeIn } from '../incidents/changes.ts';
import { timelineOf } from '../incidents/timeline.ts';
import { ago, fromYaml, runDiagnosis, testView } from '../testing/index.ts';
import { crashLoopStatus, readyStatus, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';
import { breakingRevision } from './breaking-revision.ts';
import { changeClause } from './change-clause.ts';
import { fieldChangesText, templateChanges } from './template-diff.ts';
import { fieldsOverlap, writesOf } from './writes.ts';

const notFound = unreadyStatus('{waiting: {reason: ImagePullBackOff, message: "local/nginx:2: not found"}}', { phase: 'Pending' });

interface Rev {
  number: number;
  image: string;
  madeAgo: number;
  ready?: number;
  history?: string;
}

function replicaSet({ number, image, madeAgo, ready = 0, history }: Rev): string {
  const annotations = `deployment.kubernetes.io/revision: "${number}"${history === undefined ? '' : `, deployment.kubernetes.io/revision-history: "${history}"`}`;
  return `
kind: ReplicaSet
metadata:
  name: api-r${number}
  creationTimestamp: ${ago(madeAgo)}
  annotations: {${annotations}}
  ownerReferences: [{kind: Deployment, name: api}]
spec: {replicas: 1, template: {spec: {containers: [{name: app, image: ${image}}]}}}
status: {replicas: 1, readyReplicas: ${ready}}
---
`;
}

/** A Deployment whose current template cannot run, with these earlier revisions. */
function rollout(revisions: readonly Rev[], more: { availableEndedAgo?: number; writer?: { by: string; agoSeconds: number } } = {}): string {
  const status =
    more.availableEndedAgo === undefined ? '' : `\n  conditions: [{type: Available, status: "False", lastTransitionTime: "${ago(more.availableEndedAgo)}"}]`;
  const fields = `{manager: ${more.writer?.by}, operation: Update, time: "${ago(more.writer?.agoSeconds ?? 0)}", fieldsV1: {"f:spec": {"f:template": {"f:spec": {"f:containers": {'k:{"name":"app"}': {"f:image": {}}}}}}}}`;
  const own = workloadYaml({ name: 'api', container: 'image: local/nginx:2', status: notFound })
    .replace(/kind: ReplicaSet[\s\S]*?---\n/, '')
    .replace('api-5f4d, controller', `api-r${revisions.at(-1)?.number}, controller`)
    .replace(
      'metadata: {name: api, generation: 1}',
      `metadata: {name: api, generation: 1, creationTimestamp: "${ago(100_000)}", managedFields: [${more.writer === undefined ? '' : fields}]}`,
    )
    .replace('replicas: 1, readyReplicas: 0}', `replicas: 1, readyReplicas: 0}`)
    .replace(
      /status: \{observedGeneration: 1, replicas: 1, readyReplicas: 0\}/,
      `status:\n  observedGeneration: 1\n  replicas: 1\n  readyReplicas: 0${status}`,
    );
  return own + revisions.map(replicaSet).join('');
}

const api = refTo('Deployment', 'shop', 'api');

describe('the revision with which a workload broke', () => {
  it('is told with its values, who asked for it, and the last good one', async () => {
    const yaml = rollout(
      [
        { number: 6, image: 'local/nginx:1', madeAgo: 7200 },
        { number: 7, image: 'local/nginx:2', madeAgo: 3600 },
      ],
      {
        availableEndedAgo: 3598,
        writer: { by: 'kubectl-set', agoSeconds: 3600 },
      },
    );
    const { incidents } = await runDiagnosis(yaml);
    expect(incidents.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('It broke with revision 7 (containers[app].image: local/nginx:1 → local/nginx:2, by kubectl-set); the last good one was 6.'),
    ]);
    expect(incidents[0]?.changes.map(({ what, by }) => `${what} by ${by}`)).toContain('set spec.template.spec.containers[app].image by kubectl-set');
  });

  it('is the first bad one of several', () => {
    const revisions = [
      { number: 5, image: 'local/nginx:1', madeAgo: 9000 },
      { number: 6, image: 'local/nginx:3', madeAgo: 3600 },
      { number: 7, image: 'local/nginx:2', madeAgo: 1800 },
    ];
    const { view } = testView(rollout(revisions, { availableEndedAgo: 3590 }));
    const broken = breakingRevision(api, null, view);
    expect(broken).toMatchObject({ breaking: { number: 6 }, before: { number: 5 }, current: { number: 7 }, proof: 'was-available' });
    expect(broken?.fields).toEqual([{ path: 'spec.containers[app].image', from: 'local/nginx:1', to: 'local/nginx:2' }]);
  });

  it.each([
    [
      'the workload lived with it for long',
      [
        { number: 1, image: 'a:1', madeAgo: 90_000 },
        { number: 2, image: 'local/nginx:2', madeAgo: 80_000 },
      ],
      600,
    ],
    [
      'it never was available',
      [
        { number: 1, image: 'a:1', madeAgo: 3600 },
        { number: 2, image: 'local/nginx:2', madeAgo: 1800 },
      ],
      3600,
    ],
    ['there is only one', [{ number: 1, image: 'local/nginx:2', madeAgo: 3500 }], 3400],
    [
      'the present one has pods that are ready',
      [
        { number: 1, image: 'a:1', madeAgo: 3600 },
        { number: 2, image: 'local/nginx:2', madeAgo: 1800, ready: 1 },
      ],
      1790,
    ],
  ])('is none where %s', (_why, revisions, availableEndedAgo) => {
    const { view } = testView(rollout(revisions, { availableEndedAgo }));
    expect(breakingRevision(api, null, view)).toBeNull();
  });

  it('is seen where the old pods go first, before the new revision is made', () => {
    const revisions = [
      { number: 1, image: 'local/nginx:1', madeAgo: 9000 },
      { number: 2, image: 'local/nginx:2', madeAgo: 3600 },
    ];
    const yaml = rollout(revisions, { availableEndedAgo: 3630 });
    expect(breakingRevision(api, null, testView(yaml).view)).toBeNull();
    const recreate = yaml.replace('replicas: 1\n  selector', 'replicas: 1\n  strategy: {type: Recreate}\n  selector');
    expect(breakingRevision(api, null, testView(recreate).view)).toMatchObject({ proof: 'was-available', before: { number: 1 } });
    const third = replicaSet({ number: 3, image: 'local/nginx:3', madeAgo: 3580 });
    expect(breakingRevision(api, null, testView(recreate + third).view)).toMatchObject({
      before: { number: 1 },
      breaking: { number: 2 },
      current: { number: 3 },
    });
  });

  it('is not told by the availability of crash loops without a readiness probe where several came: the one that lasted is taken', () => {
    const revisions = [
      { number: 1, image: 'a:1', madeAgo: 90_000 },
      { number: 2, image: 'a:2', madeAgo: 3700 },
      { number: 3, image: 'local/nginx:2', madeAgo: 3600 },
    ];
    const yaml = rollout(revisions, { availableEndedAgo: 3590 });
    expect(breakingRevision(api, Date.parse(ago(3595)), testView(yaml).view)).toMatchObject({ proof: 'ran-before', before: { number: 1 } });
    const probed = yaml.replace('image: local/nginx:2', 'image: local/nginx:2\n          readinessProbe: {tcpSocket: {port: 80}}');
    expect(breakingRevision(api, null, testView(probed).view)).toMatchObject({ proof: 'was-available', before: { number: 2 } });
  });

  it('is known of a StatefulSet by the revision that it had completed', () => {
    const set = `
kind: StatefulSet
metadata: {name: db}
spec: {replicas: 1}
status: {currentRevision: db-a, updateRevision: db-b}
---
kind: ControllerRevision
metadata: {name: db-a, ownerReferences: [{kind: StatefulSet, name: db}]}
revision: 1
data: {spec: {template: {spec: {containers: [{name: db, image: "x:1", env: [{name: MODE, value: fast}, {name: DB_PASSWORD, value: one}]}]}}}}
---
kind: ControllerRevision
metadata: {name: db-b, creationTimestamp: "${ago(60)}", ownerReferences: [{kind: StatefulSet, name: db}]}
revision: 2
data: {spec: {template: {spec: {containers: [{name: db, image: "x:1", env: [{name: DB_PASSWORD, value: two}]}]}}}}
`;
    const broken = breakingRevision(refTo('StatefulSet', 'shop', 'db'), null, testView(set).view);
    expect(broken).toMatchObject({ proof: 'was-complete', before: { number: 1 }, breaking: { number: 2 } });
    expect(fieldChangesText(broken?.fields ?? [])).toBe('containers[db].env[DB_PASSWORD]: (hidden) → (hidden), containers[db].env[MODE]: fast → (none)');
  });
});

describe('what differs between templates', () => {
  it('is nothing where only the order of named items and the marks of controllers differ', () => {
    const one = {
      metadata: { labels: { a: '1', 'pod-template-hash': 'x' } },
      spec: {
        containers: [
          { name: 'a', image: 'i' },
          { name: 'b', image: 'j' },
        ],
      },
    };
    const other = {
      metadata: { labels: { a: '1', 'pod-template-hash': 'y' } },
      spec: {
        containers: [
          { name: 'b', image: 'j' },
          { name: 'a', image: 'i' },
        ],
      },
    };
    expect(templateChanges(one, other)).toEqual([]);
  });
});

describe('writes', () => {
  it('are named by their fields, and bookkeeping is none', () => {
    const [service] = fromYaml(`
kind: Service
metadata:
  name: web
  managedFields:
    - {manager: kubectl-patch, time: "${ago(30)}", fieldsV1: {"f:spec": {"f:selector": {"f:app": {}}}, "f:metadata": {"f:annotations": {"f:kubectl.kubernetes.io/last-applied-configuration": {}, "f:team/owner.name": {}}}}}
    - {manager: kube-controller-manager, time: "${ago(20)}"}
    - {manager: x, time: "${ago(10)}", subresource: status}
`);
    if (service === undefined) throw new Error('no object');
    expect(writesOf(service).map(({ by, fields, creates }) => [by, creates, ...fields])).toEqual([
      ['kubectl-patch', false, 'spec.selector["app"]', 'metadata.annotations["team/owner.name"]'],
      ['unknown', true],
    ]);
  });

  it.each([
    ['spec.selector.app', 'spec.selector', true],
    ['spec.selector["app"]', 'spec.selector.app', true],
    ['spec.template.spec.containers[app].image', 'spec.template.spec.containers[0].image', true],
    ['data["app.conf"]', 'data["app.conf"]', true],
    ['data["app.conf"]', 'data["other"]', false],
    ['spec.selector.app', 'spec.selectors', false],
  ])('%s and %s overlap: %s', (a, b, expected) => expect(fieldsOverlap(a, b)).toBe(expected));
});

/** An api whose log names a host that its ConfigMap does not name any more. */
function staleApi(options: { changedAgo: number; startedAgo: number; host: string; intake: string; now: string }): string {
  const running = `{running: {startedAt: "${ago(options.startedAgo)}"}}`;
  const pod =
    options.intake === 'env'
      ? 'image: local/python:1\nenvFrom: [{configMapRef: {name: settings}}]'
      : 'image: local/python:1\nvolumeMounts: [{name: c, mountPath: /etc/c}]';
  const podSpec = options.intake === 'env' ? '' : 'volumes: [{name: c, configMap: {name: settings}}]';
  return `${workloadYaml({ name: 'api', container: `${pod}\nreadinessProbe: {httpGet: {path: /, port: 80}}`, podSpec, status: unreadyStatus(running).replace('started: false', 'started: true') })}
kind: ConfigMap
metadata:
  name: settings
  managedFields: [{manager: kubectl-edit, time: "${ago(options.changedAgo)}", fieldsV1: {"f:data": {"f:DB_HOST": {}}}}]
data: {DB_HOST: ${options.now}}
---
kind: Event
metadata: {name: api.unhealthy}
involvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: api-5f4d-x1}
type: Warning
reason: Unhealthy
message: 'Readiness probe failed: HTTP probe failed with statuscode: 503'
count: 40
firstTimestamp: ${ago(600)}
lastTimestamp: ${ago(5)}
`;
}

const log = { logs: { 'api-5f4d-x1/app': ['ERROR could not connect to db-old:5432: Name or service not known'] } };

describe('configuration that changed after the start', () => {
  it.each(['env', 'volume'])('makes its consumer the cause, not the Service that is gone (%s)', async (intake) => {
    const { incidents } = await runDiagnosis(staleApi({ changedAgo: 700, startedAgo: 3000, host: 'db-old', intake, now: 'db-new' }), { evidence: log });
    expect(incidents.map(({ mechanism, cause, confidence }) => [mechanism, cause.kind, cause.name, confidence])).toEqual([
      ['configuration-stale', 'Deployment', 'api', 'certain'],
    ]);
    expect(incidents[0]?.sentence).toMatch(/ConfigMap settings held before .*data\["DB_HOST"\], by kubectl-edit.*still calls db-old:5432/);
  });

  it.each([
    ['it changed before the start', { changedAgo: 3300, startedAgo: 3000, host: 'db-old', intake: 'env', now: 'db-new' }],
    ['it still names the host', { changedAgo: 700, startedAgo: 3000, host: 'db-old', intake: 'env', now: 'db-old' }],
    ['the kubelet may not have brought it yet', { changedAgo: 60, startedAgo: 3000, host: 'db-old', intake: 'volume', now: 'db-new' }],
  ])('explains nothing where %s', async (_why, options) => {
    const { incidents } = await runDiagnosis(staleApi(options), { evidence: log });
    expect(incidents.map(({ mechanism }) => mechanism)).not.toContain('configuration-stale');
  });
});

/** A Service whose selector matches nothing, written by somebody; and a CronJob whose script names `named`. */
function selectorBy(options: { manager: string; named: string; run: boolean; suspend?: boolean }): string {
  return `${workloadYaml({ name: 'web', status: readyStatus })}
kind: Service
metadata:
  name: web
  managedFields: [{manager: ${options.manager}, time: "${ago(90)}", fieldsV1: {"f:spec": {"f:selector": {"f:app": {}}}}}]
spec: {selector: {app: webx}, ports: [{port: 80}]}
---
kind: CronJob
metadata: {name: sync}
spec:
  schedule: "* * * * *"
  suspend: ${options.suspend ?? false}
  jobTemplate: {spec: {template: {spec: {containers: [{name: sync, image: x, command: [sh, -c, "curl -X PATCH https://api/api/v1/namespaces/shop/services/${options.named}"]}]}}}}
status: {lastScheduleTime: "${ago(30)}", lastSuccessfulTime: "${ago(28)}"}
---
${
  options.run
    ? `kind: Job
metadata: {name: sync-1, ownerReferences: [{kind: CronJob, name: sync}]}
status: {startTime: "${ago(93)}", completionTime: "${ago(88)}", succeeded: 1, conditions: [{type: Complete, status: "True"}]}`
    : ''
}`;
}

describe('a program that keeps writing the decisive field', () => {
  const caused = async (yaml: string) => {
    const { incidents } = await runDiagnosis(yaml);
    return incidents
      .filter(({ cause }) => ['Service', 'CronJob'].includes(cause.kind))
      .map(({ mechanism, cause, confidence }) => [mechanism, cause.kind, confidence]);
  };

  it('is the cause: certain where its run was on then, likely where its tool wrote', async () => {
    expect(await caused(selectorBy({ manager: 'python', named: 'web', run: true }))).toEqual([['changed-back', 'CronJob', 'certain']]);
    expect(await caused(selectorBy({ manager: 'curl', named: 'web', run: false }))).toEqual([['changed-back', 'CronJob', 'likely']]);
  });

  it.each([
    ['names another object', { manager: 'curl', named: 'website', run: true }],
    ['did not run then and writes under another name', { manager: 'kubectl-edit', named: 'web', run: false }],
    ['is suspended', { manager: 'curl', named: 'web', run: true, suspend: true }],
  ])('is not blamed where it %s', async (_why, options) => {
    expect((await caused(selectorBy(options))).map(([mechanism]) => mechanism)).toEqual(['service-selector-mismatch']);
  });
});

describe('the timeline', () => {
  it('has changes, events and states in the order of time', async () => {
    const yaml = rollout(
      [
        { number: 1, image: 'local/nginx:1', madeAgo: 7200 },
        { number: 2, image: 'local/nginx:2', madeAgo: 3600 },
      ],
      { availableEndedAgo: 3598, writer: { by: 'kubectl-set', agoSeconds: 3600 } },
    );
    const { incidents, view } = await runDiagnosis(yaml);
    const [incident] = incidents;
    const entries = incident === undefined ? [] : timelineOf(incident, view);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted());
    expect(entries.map(({ source, what, by }) => `${source}: ${what}${by === null ? '' : ` by ${by}`}`)).toEqual(
      expect.arrayContaining([
        'change: set spec.template.spec.containers[app].image by kubectl-set',
        'change: revision 2: containers[app].image: local/nginx:1 → local/nginx:2 by rollout',
        'state: Available became False',
      ]),
    );
  });

  it('keeps the changes where there is too much else', async () => {
    const events = Array.from(
      { length: 200 },
      (_, i) =>
        `---\nkind: Event\nmetadata: {name: e${i}}\ninvolvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: api-5f4d-x1}\ntype: Warning\nreason: R${i}\nmessage: m${i}\nlastTimestamp: ${ago(i)}\nfirstTimestamp: ${ago(i)}\n`,
    ).join('');
    const { incidents, view } = await runDiagnosis(workloadYaml({ name: 'api', status: crashLoopStatus(1) }) + events);
    const [incident] = incidents;
    const entries = incident === undefined ? [] : timelineOf(incident, view);
    expect(entries).toHaveLength(80);
    expect(entries.some(({ source, what }) => source === 'change' && what === 'created')).toBe(true);
  });
});

describe('what was changed just before', () => {
  const policy = (createdAgo: number, more = '') => `
kind: Deployment
metadata: {name: api, creationTimestamp: "${ago(9000)}"}
---
kind: NetworkPolicy
metadata: {name: deny, creationTimestamp: "${ago(createdAgo)}"${more}}
`;
  const clause = (yaml: string, sinceAgo: number) =>
    changeClause(
      { cause: refTo('NetworkPolicy', 'shop', 'deny'), causeExists: true, suffering: [api], since: Date.parse(ago(sinceAgo)), sentence: '' },
      testView(yaml).view,
    );
  const written = (at: number) => `, managedFields: [{manager: kubectl-edit, time: "${ago(at)}", fieldsV1: {"f:spec": {"f:podSelector": {}}}}]`;

  it('is told of a cause that is no workload: made or changed, by whom', () => {
    expect(clause(policy(200), 190)).toBe('It was created at 2026-05-04 11:56:40 UTC, shortly before the first symptom.');
    expect(clause(policy(9000, written(120)), 100)).toBe(
      'It was changed at 2026-05-04 11:58:00 UTC (spec.podSelector, by kubectl-edit), shortly before the first symptom.',
    );
  });

  it('is not told where it was long before, after it, or of one piece with what suffers', () => {
    expect(clause(policy(4000), 100)).toBeNull();
    expect(clause(policy(9000, written(60)), 300)).toBeNull();
    expect(clause(policy(9000), 8990)).toBeNull();
  });

  it('counts what an object says, not notes on it and restarts', () => {
    const fields = (manager: string, at: number, fieldsV1: string) => `{manager: ${manager}, time: "${ago(at)}", fieldsV1: ${fieldsV1}}`;
    const entries = [
      fields('kubectl-edit', 500, '{"f:spec": {"f:replicas": {}}}'),
      fields('kubectl-annotate', 300, '{"f:metadata": {"f:annotations": {"f:a": {}}}}'),
      fields('kubectl-rollout', 100, '{"f:spec": {"f:template": {"f:metadata": {"f:annotations": {"f:kubectl.kubernetes.io/restartedAt": {}}}}}}'),
    ];
    const { view } = testView(`kind: Deployment\nmetadata: {name: api, managedFields: [${entries.join(', ')}]}`);
    expect(lastChangeIn(view)(api, null)).toBe(Date.parse(ago(500)));
  });
});
