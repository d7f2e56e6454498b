import { describe, expect, it } from 'vitest';
import { runDiagnosis, type TestEvidence } from '../testing/index.ts';
import { crashLoopStatus, podEventYaml, unreadyStatus, workloadYaml } from '../testing/workload-yaml.ts';

async function incidentsOf(yaml: string, evidence: TestEvidence = {}) {
  const { incidents } = await runDiagnosis(yaml, { evidence });
  return incidents.map(({ mechanism, cause, facts }) => ({ mechanism, cause: `${cause.kind} ${cause.name}`, facts }));
}

const crashed = (container: string, podSpec = '') => workloadYaml({ name: 'api', container, podSpec, status: crashLoopStatus(1) });
const log = (text: string) => ({ 'api-5f4d-x1/app (previous)': [text] });
const secret = 'kind: Secret\nmetadata: {name: db}\ndata: {password: "x"}\n---\n';
const shape = (length: number, padded: boolean) => ({
  db: { type: 'Opaque', keys: { password: { length, fingerprint: padded ? 'a ' : 'a', decodedFingerprint: null, trimmedFingerprint: 'a' } } },
});

describe('values that cannot be right', () => {
  const fromSecret = crashed('env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]') + secret;
  const refused = log('FATAL: password authentication failed for user "app"');

  it('are told of the Secret that holds them', async () => {
    expect(await incidentsOf(fromSecret, { logs: refused, secretShapes: shape(9, true) })).toMatchObject([
      { mechanism: 'secret-value-padded', cause: 'Secret db' },
    ]);
    expect(await incidentsOf(fromSecret, { logs: refused, secretShapes: shape(0, false) })).toMatchObject([
      { mechanism: 'configured-value-empty', cause: 'Secret db' },
    ]);
    for (const evidence of [{ logs: refused, secretShapes: shape(8, false) }, { logs: refused }]) {
      expect(await incidentsOf(fromSecret, evidence)).toMatchObject([{ cause: 'Deployment api' }]);
    }
  });

  it('are told of the ConfigMap whose key is there and empty', async () => {
    const yaml = crashed('env: [{name: REGION, valueFrom: {configMapKeyRef: {name: conf, key: region}}}]');
    const conf = (value: string) => `kind: ConfigMap\nmetadata: {name: conf}\ndata: {region: "${value}"}\n---\n`;
    const missing = { logs: log('KeyError: missing required environment variable REGION') };
    expect(await incidentsOf(yaml + conf(''), missing)).toMatchObject([{ mechanism: 'configured-value-empty', cause: 'ConfigMap conf' }]);
    expect(await incidentsOf(yaml + conf('eu'), missing)).toMatchObject([{ mechanism: 'environment-variable-missing' }]);
  });
});

describe('files that become directories', () => {
  const conf = 'kind: ConfigMap\nmetadata: {name: conf}\ndata: {nginx.conf: "events {}"}\n---\n';
  const mounted = (mount: string) => crashed(`volumeMounts: [{name: c, ${mount}}]`, 'volumes: [{name: c, configMap: {name: conf}}]') + conf;
  const said = { logs: log('read() "/etc/nginx/nginx.conf" failed (21: Is a directory)') };

  it('are told of the mount that lacks its subPath', async () => {
    const found = await incidentsOf(mounted('mountPath: /etc/nginx/nginx.conf'), said);
    expect(found).toMatchObject([{ mechanism: 'mount-needs-sub-path', cause: 'Deployment api', facts: { key: 'nginx.conf' } }]);
  });

  it('are not told where the directory is meant, or the subPath is there', async () => {
    const mechanisms = async (mount: string) => (await incidentsOf(mounted(mount), said)).map(({ mechanism }) => mechanism);
    expect(await mechanisms('mountPath: /etc/nginx')).not.toContain('mount-needs-sub-path');
    expect(await mechanisms('mountPath: /etc/nginx/nginx.conf, subPath: nginx.conf')).not.toContain('mount-needs-sub-path');
  });

  it('names the source of a projected volume that lacks a key', async () => {
    const volume = '{name: all, projected: {sources: [{configMap: {name: other}}, {configMap: {name: conf, items: [{key: app.conf, path: app.conf}]}}]}}';
    const status = unreadyStatus('{waiting: {reason: ContainerCreating}}', { phase: 'Pending' });
    const event = podEventYaml('api', 'FailedMount', 'MountVolume.SetUp failed for volume "all" : references non-existent config key: app.conf');
    const other = 'kind: ConfigMap\nmetadata: {name: other}\n---\n';
    const yaml = workloadYaml({ name: 'api', podSpec: `volumes: [${volume}]`, status }) + conf + other + event;
    expect(await incidentsOf(yaml)).toMatchObject([{ mechanism: 'key-missing', cause: 'ConfigMap conf' }]);
  });
});
