import { describe, expect, it } from 'vitest';
import { runDiagnosis } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

const healthy = workloadYaml({ name: 'neighbour' });
const log = (text: string) => ({ logs: { 'api-5f4d-x1/app (previous)': text.split('\n') } });

async function incidentsOf(yaml: string, evidence = {}) {
  const { incidents } = await runDiagnosis(`${healthy}${yaml}`, { evidence });
  return incidents.map(({ mechanism, cause, sentence, facts }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, sentence, facts }));
}

function crashing(container: string, volumes: string): string {
  return workloadYaml({ name: 'api', container, podSpec: volumes, status: crashLoopStatus(1) });
}

describe('a program that cannot use its volume', () => {
  const claim = `
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast, resources: {requests: {storage: 1Gi}}}
status: {phase: Bound, capacity: {storage: 1Gi}}
---
kind: StorageClass
metadata: {name: fast}
provisioner: disks.example.com
allowVolumeExpansion: true
---
`;
  const onClaim = crashing('volumeMounts: [{name: data, mountPath: /var/lib/app}]', 'volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]');

  it('names the claim that is full, with its size', async () => {
    const [incident, ...others] = await incidentsOf(onClaim + claim, log('write /var/lib/app/wal/0001: no space left on device'));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'claim-full', cause: 'PersistentVolumeClaim data', facts: { size: '1Gi', expandable: true } });
    expect(incident?.sentence).toContain('1Gi');
  });

  it('leaves a path outside of the volume, and a lack of file watches, to the program', async () => {
    expect(await incidentsOf(onClaim + claim, log('write /tmp/x: no space left on device'))).toMatchObject([
      { mechanism: 'disk-full', cause: 'Deployment api' },
    ]);
    expect(await incidentsOf(onClaim + claim, log('inotify_add_watch /var/lib/app: No space left on device'))).toMatchObject([{ cause: 'Deployment api' }]);
  });

  it('names the limit of an emptyDir', async () => {
    const scratch = crashing('volumeMounts: [{name: tmp, mountPath: /scratch}]', 'volumes: [{name: tmp, emptyDir: {medium: Memory, sizeLimit: 16Mi}}]');
    const [incident] = await incidentsOf(scratch, log("dd: error writing '/scratch/big': No space left on device"));
    expect(incident).toMatchObject({ mechanism: 'empty-dir-full', cause: 'Deployment api', facts: { size: '16Mi' } });
  });

  it.each([
    ['volumeMounts: [{name: c, mountPath: /etc/app}]', 'volumes: [{name: c, configMap: {name: conf}}]', '/etc/app/cache', 'kind-of-volume'],
    ['volumeMounts: [{name: c, mountPath: /data, readOnly: true}]', 'volumes: [{name: c, emptyDir: {}}]', '/data/x', 'mount'],
    ['securityContext: {readOnlyRootFilesystem: true}', '', '/var/cache/app', 'root-file-system'],
  ])('says why a path is read-only: %s', async (container, volumes, path, why) => {
    const conf = 'kind: ConfigMap\nmetadata: {name: conf}\n---\n';
    const [incident] = await incidentsOf(crashing(container, volumes) + conf, log(`mkdir ${path}: read-only file system`));
    expect(incident).toMatchObject({ mechanism: 'path-read-only', cause: 'Deployment api', facts: { why } });
  });

  it('says that a volume belongs to root only where the pod runs as somebody else and asks for no group', async () => {
    const asUser = (context: string) =>
      crashing(
        'volumeMounts: [{name: data, mountPath: /data}]',
        `securityContext: {${context}}\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]`,
      );
    const denied = log("PermissionError: [Errno 13] Permission denied: '/data/db'");
    expect(await incidentsOf(asUser('runAsUser: 1000') + claim, denied)).toMatchObject([{ mechanism: 'volume-not-accessible', facts: { user: 1000 } }]);
    expect(await incidentsOf(asUser('runAsUser: 1000, fsGroup: 1000') + claim, denied)).toMatchObject([{ mechanism: 'permission-denied' }]);
  });
});

describe('a file that a ConfigMap or Secret does not provide', () => {
  const mounting = (command: string) =>
    crashing(`command: ${command}\nvolumeMounts: [{name: c, mountPath: /etc/app}]`, 'volumes: [{name: c, configMap: {name: conf, optional: true}}]');
  const conf = 'kind: ConfigMap\nmetadata: {name: conf}\ndata: {app.yaml: "a: 1"}\n---\n';

  it('is told of the object whose key it should be, or of the workload that misspells it', async () => {
    const rules = log('open /etc/app/rules.json: no such file or directory');
    expect(await incidentsOf(mounting('[app]') + conf, rules)).toMatchObject([{ mechanism: 'mounted-file-missing', cause: 'ConfigMap conf' }]);
    const misspelt = await incidentsOf(mounting('[app, --config=/etc/app/app.yml]') + conf, log('open /etc/app/app.yml: no such file or directory'));
    expect(misspelt).toMatchObject([{ mechanism: 'mounted-file-missing', cause: 'Deployment api', facts: { meant: 'app.yaml' } }]);
  });

  it('is told of an optional object that is not there', async () => {
    const [incident] = await incidentsOf(mounting('[app]'), log('open /etc/app/app.yaml: no such file or directory'));
    expect(incident).toMatchObject({ mechanism: 'optional-source-missing', cause: 'ConfigMap conf' });
  });

  it('is not told where the file is there or lies elsewhere', async () => {
    const elsewhere = await incidentsOf(mounting('[app]') + conf, log('open /opt/rules.json: no such file or directory'));
    expect(elsewhere).toMatchObject([{ mechanism: 'file-missing', cause: 'Deployment api' }]);
    expect(await incidentsOf(mounting('[app]') + conf, log('open /etc/app/app.yaml: no such file or directory'))).toMatchObject([
      { mechanism: 'file-missing' },
    ]);
  });
});

describe('a volume that cannot be set up', () => {
  const status = unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' });
  const waiting = (volumes: string) => workloadYaml({ name: 'api', podSpec: `volumes: [${volumes}]`, status });

  it.each([
    [
      'MountVolume.SetUp failed for volume "logs" : hostPath type check failed: /var/log/app is not a directory',
      'host-path-unfit',
      'Deployment api',
      '/var/log/app',
    ],
    [
      'MountVolume.NewMounter initialization failed for volume "pv-a" : path "/mnt/disks/a" does not exist',
      'local-volume-path-missing',
      'PersistentVolume pv-a',
      '/mnt/disks/a',
    ],
    [
      'MountVolume.MountDevice failed for volume "pv-a" : driver name disks.example.com not found in the list of registered CSI drivers',
      'storage-driver-missing',
      'CSIDriver disks.example.com',
      'node-1',
    ],
    [
      'MountVolume.SetUp failed for volume "share" : mount failed: exit status 32\nmount.nfs: Connection refused for 10.0.0.9:/export',
      'volume-cannot-be-mounted',
      'Deployment api',
      'Connection refused',
    ],
    [
      'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "robot" not found',
      'token-account-missing',
      'ServiceAccount robot',
      'robot',
    ],
  ])('%s', async (message, mechanism, cause, value) => {
    const volume = 'kind: PersistentVolume\nmetadata: {name: pv-a}\nspec: {claimRef: {namespace: shop, name: data}}\n---\n';
    const yaml = waiting('{name: logs, hostPath: {path: /var/log/app, type: Directory}}, {name: share, nfs: {server: 10.0.0.9, path: /export}}');
    const [incident, ...others] = await incidentsOf(yaml + volume + podEventYaml('api', 'FailedMount', message));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism, cause });
    expect(incident?.sentence).toContain(value);
  });
});

describe('a pod that must run where its volume is', () => {
  const message = '0/2 nodes are available: 2 node(s) had volume node affinity conflict.';
  const status = `phase: Pending\nconditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "${message}", lastTransitionTime: "2026-05-04T11:30:00Z"}]`;
  const cluster = (host: string, selector = '') => `${workloadYaml({
    name: 'db',
    nodeName: null,
    status,
    podSpec: `${selector}\nvolumes: [{name: data, persistentVolumeClaim: {claimName: data}}]`,
  })}
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {volumeName: pv-a}
status: {phase: Bound}
---
kind: PersistentVolume
metadata: {name: pv-a}
spec:
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [${host}]}]}]}}
status: {phase: Bound}
---
kind: Node
metadata: {name: node-1, labels: {kubernetes.io/hostname: node-1, pool: a}}
---
kind: Node
metadata: {name: node-2, labels: {kubernetes.io/hostname: node-2, pool: b}}
---
`;

  it('is told of the volume whose node is gone', async () => {
    const [incident, ...others] = await incidentsOf(cluster('node-9'));
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ mechanism: 'volume-node-gone', cause: 'PersistentVolume pv-a' });
    expect(incident?.sentence).toContain('kubernetes.io/hostname=node-9');
  });

  it('is told of the workload whose own demand forbids the node of its volume', async () => {
    const [incident] = await incidentsOf(cluster('node-1', 'nodeSelector: {pool: b}'));
    expect(incident).toMatchObject({ mechanism: 'volume-on-other-node', cause: 'Deployment db' });
    expect(incident?.sentence).toContain('pool=b');
  });
});

describe('a volume over a directory of the image', () => {
  const over = (at: string, volume: string, more = '') => crashing(`volumeMounts: [{name: v, mountPath: ${at}}]\n${more}`, `volumes: [{name: v, ${volume}}]`);
  const conf = (key: string) => `kind: ConfigMap\nmetadata: {name: conf}\ndata: {${key}: "server {}"}\n---\n`;
  const nginx = log('[emerg] 1#1: open() "/etc/nginx/nginx.conf" failed (2: No such file or directory)');
  const node = log("Error: Cannot find module '/srv/app/server.js'");

  it.each([
    ['a ConfigMap', over('/etc/nginx', 'configMap: {name: conf}') + conf('default.conf'), nginx],
    ['scratch space', over('/srv/app', 'emptyDir: {}'), node],
  ])('is told of the mount, for %s', async (_what, yaml, said) => {
    expect(await incidentsOf(yaml, said)).toMatchObject([{ mechanism: 'mount-hides-image', cause: 'Deployment api' }]);
  });

  it.each([
    ['the key is misspelt', over('/etc/nginx', 'configMap: {name: conf}') + conf('ngnix.conf'), nginx, 'mounted-file-missing'],
    [
      'the command asks for the file',
      over('/etc/nginx', 'configMap: {name: conf}', 'args: [-c, /etc/nginx/nginx.conf]') + conf('a.conf'),
      nginx,
      'mounted-file-missing',
    ],
    ['a claim may hold the program', over('/srv/app', 'persistentVolumeClaim: {claimName: code}'), node, 'module-missing'],
  ])('is not what is wrong where %s', async (_what, yaml, said, mechanism) => {
    expect((await incidentsOf(yaml, said)).map((incident) => incident.mechanism)).toContain(mechanism);
  });
});
