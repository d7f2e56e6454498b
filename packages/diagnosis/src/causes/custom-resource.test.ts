import { describe, expect, it } from 'vitest';
import { planFor } from '../plans/planner.ts';
import { ago, type DiagnosisOptions, runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, workloadYaml } from '../testing/workload-yaml.ts';

const definition = (kind: string, more = '') => `
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.farm.example}
spec:
  group: farm.example
  scope: Namespaced
  names: {kind: ${kind}, plural: ${kind.toLowerCase()}s}
  versions: [{name: v1, served: true, storage: true, subresources: {status: {}}}]
${more}
status: {conditions: [{type: Established, status: "True"}], storedVersions: [v1]}
---
`;

const barn = ({ name = 'red', spec = '{}', status = '{}', metadata = '' }: { name?: string; spec?: string; status?: string; metadata?: string }) => `
apiVersion: farm.example/v1
kind: Barn
metadata: {name: ${name}, generation: 2${metadata}}
spec: ${spec}
status: ${status}
---
`;

const notReady = (message = '', reason = 'Broken', since = 900) =>
  `{observedGeneration: 2, conditions: [{type: Ready, status: "False", reason: ${reason}, message: ${JSON.stringify(message)}, lastTransitionTime: "${ago(since)}"}]}`;

async function incidentsIn(yaml: string, options: DiagnosisOptions = {}) {
  const { incidents } = await runDiagnosis(definition('Barn') + yaml, options);
  return incidents.map(({ mechanism, cause, confidence, sentence }) => ({ on: `${mechanism} ${cause.kind} ${cause.name}`, confidence, sentence }));
}

const named = async (yaml: string, options?: DiagnosisOptions) => (await incidentsIn(yaml, options)).map(({ on }) => on);

describe('a custom resource that is not well', () => {
  it('is told in the words of its operator where nothing else explains it', async () => {
    const [incident, ...others] = await incidentsIn(barn({ status: notReady('hay delivery refused: supplier account is locked', 'SupplierLocked') }));
    expect([incident?.on, others]).toEqual(['custom-resource-fault Barn red', []]);
    expect(incident?.sentence).toContain('supplier account is locked');
  });

  it('ends at the Secret that it refers to and that is not there', async () => {
    const yaml = barn({
      spec: '{auth: {passwordSecretRef: {name: barn-auth, key: token}}}',
      status: notReady('cannot authenticate: secrets "barn-auth" not found'),
    });
    expect(await incidentsIn(yaml)).toMatchObject([{ on: 'custom-reference-missing Secret barn-auth', confidence: 'certain' }]);
    expect(await named(yaml, { coverage: { Secret: 'forbidden' } })).toEqual(['custom-resource-fault Barn red']);
  });

  it('ends at itself where the name is misspelt or a class is asked for that nobody made', async () => {
    const secret = '\nkind: Secret\nmetadata: {name: barn-auth}\n---\n';
    const yaml = secret + barn({ spec: '{secretRef: {name: barn-auht}}', status: notReady('no credentials') });
    expect(await incidentsIn(yaml)).toMatchObject([{ on: 'custom-reference-misspelt Barn red', sentence: expect.stringContaining('there is barn-auth') }]);
    const classed = barn({ spec: '{storage: {storageClassName: fast}}', status: notReady('waiting for volumes') });
    expect(await incidentsIn(classed)).toMatchObject([{ on: 'custom-reference-misspelt Barn red', confidence: 'certain' }]);
  });

  it('soon ends at what its operator calls missing, whatever the field is called', async () => {
    const young = ', creationTimestamp: "2026-05-04T11:58:00Z"';
    const status = notReady('setup failed: secrets "barn-auht" not found', 'SetupFailed', 100);
    expect(await named(barn({ spec: '{login: barn-auht}', status, metadata: young }))).toEqual(['custom-reference-missing Secret barn-auht']);
    const secret = '\nkind: Secret\nmetadata: {name: barn-auth}\n---\n';
    expect(await named(secret + barn({ spec: '{login: barn-auht}', status, metadata: young }))).toEqual(['custom-reference-misspelt Barn red']);
  });

  it('follows what it made, and what it refers to', async () => {
    const owned = workloadYaml({ name: 'red-keeper', status: crashLoopStatus(127) }).replace(
      'metadata: {name: red-keeper, generation: 1}',
      'metadata: {name: red-keeper, generation: 1, ownerReferences: [{apiVersion: farm.example/v1, kind: Barn, name: red}]}',
    );
    const found = await named(owned + barn({ status: notReady('keeper is not available') }));
    expect([found.length, found[0]]).toEqual([1, expect.stringContaining('Deployment red-keeper')]);
    const supplier = definition('Supplier') + barn({ spec: '{supplierRef: {name: acme}}', status: notReady('supplier is not ready') });
    const acme = barn({ name: 'acme', status: notReady('account locked') }).replace('kind: Barn', 'kind: Supplier');
    expect(await named(supplier + acme)).toEqual(['custom-resource-fault Supplier acme']);
  });

  it('ends at the class that it hands to a volume claim', async () => {
    const claim = `
kind: PersistentVolumeClaim
metadata: {name: red-data, ownerReferences: [{apiVersion: farm.example/v1, kind: Barn, name: red}]}
spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}
status: {phase: Pending}
---
`;
    expect(await named(claim + barn({ spec: '{storage: {storageClassName: fast}}', status: notReady('volumes are pending') }))).toEqual([
      'custom-reference-misspelt Barn red',
    ]);
  });

  it.each([
    ['within its grace', barn({ status: notReady('x', 'Starting', 60) })],
    ['suspended', barn({ spec: '{suspend: true}', status: notReady('x') })],
    ['being deleted', barn({ status: notReady('x'), metadata: `, deletionTimestamp: "${ago(5)}"` })],
    ['paused by annotation', barn({ status: notReady('x'), metadata: ', annotations: {farm.example/paused: "true"}' })],
    ['ready', barn({ spec: '{secretRef: {name: made-later}}', status: `{conditions: [{type: Ready, status: "True"}]}` })],
    ['of a kind without status', barn({}) + barn({ name: 'blue' })],
    [
      'about a specification that was just changed',
      barn({
        status: notReady('x').replace('observedGeneration: 2', 'observedGeneration: 1'),
        metadata: `, managedFields: [{manager: kubectl, time: "${ago(30)}"}]`,
      }),
    ],
  ])('is left alone while %s', async (_name, yaml) => {
    expect(await named(yaml)).toEqual([]);
  });

  it('is known by the word that its status or its column has', async () => {
    expect(await named(barn({ status: '{phase: Failed, message: roof fell in}' }))).toEqual(['custom-resource-fault Barn red']);
    const column = definition('Barn').replace(
      'subresources: {status: {}}',
      'additionalPrinterColumns: [{name: Health, type: string, jsonPath: .status.roof.verdict}]',
    );
    const { incidents } = await runDiagnosis(column + barn({ status: '{roof: {verdict: Unhealthy}}' }));
    expect(incidents.map(({ cause }) => cause.name)).toEqual(['red']);
  });

  it('is known by the error that its status holds', async () => {
    expect(await named(barn({ status: '{readyToUse: false, error: {message: "no snapshot class fits"}}' }))).toEqual(['custom-resource-fault Barn red']);
    expect(await named(barn({ status: '{readyToUse: true, error: {message: "no snapshot class fits"}}' }))).toEqual([]);
  });

  it('that failed as a run is over when a later run went well', async () => {
    const run = (name: string, phase: string, created: number) =>
      barn({ name, status: `{phase: ${phase}, completionTime: "${ago(created)}"}`, metadata: `, creationTimestamp: "${ago(created)}"` });
    expect(await named(run('nightly-1', 'Failed', 7200))).toEqual(['custom-resource-fault Barn nightly-1']);
    expect(await named(run('nightly-1', 'Failed', 7200) + run('nightly-2', 'Completed', 3600))).toEqual([]);
  });
});

const operator = (replicas: number) => `
kind: ServiceAccount
metadata: {name: farmer, namespace: farm}
---
kind: ClusterRole
metadata: {name: farmer}
rules: [{apiGroups: [farm.example], resources: [barns/status], verbs: [update]}]
---
kind: ClusterRoleBinding
metadata: {name: farmer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: farmer}
subjects: [{kind: ServiceAccount, name: farmer, namespace: farm}]
---
kind: Deployment
metadata: {name: farm-operator, namespace: farm}
spec: {replicas: ${replicas}, selector: {matchLabels: {app: f}}, template: {metadata: {labels: {app: f}}, spec: {serviceAccountName: farmer, containers: [{name: m, image: m}]}}}
status: {readyReplicas: ${replicas}}
---
`;

describe('a custom resource that nobody acts upon', () => {
  const stale = barn({ status: '{observedGeneration: 1}', metadata: `, managedFields: [{manager: kubectl, time: "${ago(1800)}"}]` });
  const untouched = barn({ name: 'new', status: '{}' });

  it('ends at the controller that somebody scaled to zero', async () => {
    expect(await incidentsIn(operator(0) + stale + untouched)).toMatchObject([
      { on: 'controller-scaled-to-zero Deployment farm-operator', confidence: 'certain' },
    ]);
  });

  it('blames no controller that runs', async () => {
    expect(await incidentsIn(operator(1) + stale)).toMatchObject([{ on: 'unexplained Barn red', confidence: 'unexplained' }]);
  });

  it('is as ill as the controller that crashes', async () => {
    const account = operator(1).slice(0, operator(1).indexOf('kind: Deployment'));
    const crashing = workloadYaml({ name: 'farm-operator', podSpec: 'serviceAccountName: farmer', status: crashLoopStatus(127) });
    const inFarm = crashing
      .replaceAll('metadata: {name: farm-operator', 'metadata: {namespace: farm, name: farm-operator')
      .replaceAll('metadata:\n  name: farm-operator', 'metadata:\n  namespace: farm\n  name: farm-operator');
    const found = await named(account + inFarm + untouched);
    expect([found.length, found[0]]).toEqual([1, expect.stringContaining('Deployment farm-operator')]);
  });

  it('ends at the account that nothing runs as, and holds what is deleted', async () => {
    const removed = operator(1).slice(0, operator(1).indexOf('kind: Deployment'));
    expect(await named(removed + stale)).toEqual(['controller-missing ServiceAccount farmer']);
    const held = barn({ name: 'old', metadata: `, deletionTimestamp: "${ago(600)}", finalizers: [farm.example/cleanup]` });
    expect((await named(operator(0) + held))[0]).toMatch(/Deployment farm-operator|Barn old/);
  });
});

describe('a custom kind', () => {
  const webhook = `  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {service: {namespace: farm, name: farm-webhook}}}}`;
  const twoVersions = definition('Barn', webhook).replace('versions: [', 'versions: [{name: v1beta1, served: true, storage: false}, ');

  it('cannot be read where its conversion webhook has no Service', async () => {
    const { incidents } = await runDiagnosis(twoVersions);
    expect(incidents.map(({ mechanism, cause }) => `${mechanism} ${cause.name}`)).toEqual(['conversion-webhook-down barns.farm.example']);
    expect((await runDiagnosis(definition('Barn', webhook))).incidents).toEqual([]);
  });

  it('whose names are taken is not served', async () => {
    const taken = definition('Barn').replace(
      'conditions: [',
      'conditions: [{type: NamesAccepted, status: "False", reason: PluralConflict, message: "barns is already in use"}, ',
    );
    const { incidents } = await runDiagnosis(taken);
    expect(incidents.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('barns is already in use')]);
  });
});

describe('what an operator hands on', () => {
  const owned = (yaml: string) =>
    yaml.replace(
      'metadata: {name: red-keeper, generation: 1}',
      'metadata: {name: red-keeper, generation: 1, ownerReferences: [{apiVersion: farm.example/v1, kind: Barn, name: red}]}',
    );
  const pulling = `
phase: Pending
conditions: [{type: Ready, status: "False"}, {type: PodScheduled, status: "True"}]
containerStatuses: [{name: app, ready: false, restartCount: 0, image: "hay:9", state: {waiting: {reason: ImagePullBackOff, message: "not found"}}}]`;

  it.each([
    ['whole', '{image: "hay:9"}'],
    ['as repository and tag', '{image: {repository: hay, tag: "9"}}'],
  ])('an image %s is changed in the resource', async (_name, spec) => {
    const keeper = owned(workloadYaml({ name: 'red-keeper', container: 'image: "hay:9"', status: pulling }));
    expect(await named(keeper + barn({ spec, status: notReady('keeper is not available') }))).toEqual(['custom-value-fails Barn red']);
  });

  it('a Secret that a Certificate should have made leads to what it lacks', async () => {
    const kinds = ['Certificate', 'Issuer'].map((kind) => definition(kind).replaceAll('farm.example', 'cert-manager.io')).join('');
    const certificate = barn({
      name: 'web',
      spec: '{secretName: web-tls, issuerRef: {name: letsencrypt}}',
      status: notReady('Issuing certificate as Secret does not exist', 'DoesNotExist'),
    })
      .replace('farm.example', 'cert-manager.io')
      .replace('kind: Barn', 'kind: Certificate');
    const waiting =
      'phase: Pending\nconditions: [{type: Ready, status: "False"}, {type: PodScheduled, status: "True"}]\ncontainerStatuses: [{name: app, ready: false, restartCount: 0, state: {waiting: {reason: ContainerCreating}}}]';
    const web = workloadYaml({ name: 'web', podSpec: 'volumes: [{name: tls, secret: {secretName: web-tls}}]', status: waiting });
    const event = `
kind: Event
metadata: {name: web.mount}
involvedObject: {apiVersion: v1, kind: Pod, namespace: shop, name: web-5f4d-x1}
type: Warning
reason: FailedMount
message: 'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found'
count: 9
firstTimestamp: ${ago(900)}
lastTimestamp: ${ago(10)}
---
`;
    expect(await named(kinds + certificate + web + event)).toEqual(['custom-reference-missing Issuer letsencrypt']);
  });
});

describe('plans for custom resources', () => {
  async function plan(yaml: string) {
    const { incidents, view } = await runDiagnosis(definition('Barn') + yaml);
    const [incident] = incidents;
    return incident === undefined
      ? null
      : { on: `${incident.mechanism} ${incident.cause.name}`, ...planFor(incident, view, { userContext: '', horizon: 'short' }).quickFix };
  }

  it('start the controller, and leave the resource and rights to a person, with the command', async () => {
    const untouched = barn({ name: 'new', status: '{}' });
    expect((await plan(operator(0) + untouched))?.steps.map(({ kubectl }) => kubectl)).toEqual(['kubectl scale deployment/farm-operator --replicas=1 -n farm']);
    const secret = '\nkind: Secret\nmetadata: {name: barn-auth}\n---\n';
    const misspelt = await plan(secret + barn({ spec: '{auth: {secretRef: {name: barn-auht}}}', status: notReady('no credentials') }));
    expect(misspelt?.fallback).toContain(
      `kubectl patch barn.farm.example red --type=json -p '[{"op":"replace","path":"/spec/auth/secretRef/name","value":"barn-auth"}]' -n shop`,
    );
    const message =
      'deployments.apps is forbidden: User "system:serviceaccount:farm:farmer" cannot create resource "deployments" in API group "apps" in the namespace "shop"';
    const forbidden = await plan(operator(1) + barn({ status: notReady(message) }));
    expect([forbidden?.on, forbidden?.summary]).toEqual([
      'operator-forbidden farmer',
      'Give ServiceAccount farm/farmer the right to create deployments.apps in namespace shop.',
    ]);
  });
});

describe('events about a custom resource', () => {
  const event = (count: number, last: number) => `
kind: Event
metadata: {name: red.warning}
involvedObject: {apiVersion: farm.example/v1, kind: Barn, namespace: shop, name: red}
type: Warning
reason: DeliveryRefused
message: 'the hay supplier refused: configmaps "prices" not found'
count: ${count}
firstTimestamp: ${ago(3000)}
lastTimestamp: ${ago(last)}
---
`;

  it('speak where its status says nothing', async () => {
    expect(await named(barn({ status: '{observed: 3}' }) + event(9, 30))).toEqual(['custom-reference-missing ConfigMap prices']);
  });

  it.each([
    ['once', barn({ status: '{observed: 3}' }) + event(1, 30)],
    ['long ago', barn({ status: '{observed: 3}' }) + event(9, 1800)],
    ['of one that is ready', barn({ status: '{conditions: [{type: Ready, status: "True"}]}' }) + event(9, 30)],
  ])('are left alone: %s', async (_name, yaml) => {
    expect(await named(yaml)).toEqual([]);
  });
});

describe('what is not blamed', () => {
  it('a Secret that the operator may be meant to make, where it speaks of something else', async () => {
    expect(await named(barn({ spec: '{secretName: barn-keys}', status: notReady('the roof leaks') }))).toEqual(['custom-resource-fault Barn red']);
    expect(await named(barn({ spec: '{secretName: barn-keys}', status: notReady('cannot read barn-keys') }))).toEqual([
      'custom-reference-missing Secret barn-keys',
    ]);
  });

  it('a definition that waits for its last object', async () => {
    const going = `metadata: {name: barns.farm.example, deletionTimestamp: "${ago(900)}", finalizers: [customresourcecleanup.apiextensions.k8s.io]}`;
    const held = barn({ name: 'old', metadata: `, deletionTimestamp: "${ago(900)}", finalizers: [farm.example/cleanup]` });
    const { incidents } = await runDiagnosis(definition('Barn').replace('metadata: {name: barns.farm.example}', going) + held);
    expect(incidents.map(({ cause }) => `${cause.kind} ${cause.name}`)).toEqual(['Barn old']);
  });
});
