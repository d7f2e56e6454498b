import { setTimeout as delay } from 'node:timers/promises';
import { apiOf, type ClusterAccess, collectSnapshot, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { diagnose, diagnosisKinds, toIssueDetail } from '@quarterdeck/diagnosis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildContext } from '../context/build-context.ts';
import { defaultContextSettings } from '../context/context-settings.ts';
import { createPrivacy } from '../privacy/create-privacy.ts';
import type { ContextSource } from '../sources/context-source.ts';
import { kubernetesTools } from '../tools/kubernetes-tools.ts';
import { createKubernetesSource } from './create-kubernetes-source.ts';

const { signal } = new AbortController();
const namespace = `ctx-${process.pid}`;
const password = ['orange7', 'Tree!42'].join('-');
let access: ClusterAccess;

const container = {
  ...{ name: 'app', image: 'local/busybox:1', imagePullPolicy: 'IfNotPresent' },
  command: ['sh', '-c', 'echo starting; echo "ERROR login as app with $DB_PASSWORD was refused at db.$NAMESPACE.svc"; exit 3'],
  env: [
    { name: 'DB_PASSWORD', value: password },
    { name: 'NAMESPACE', value: namespace },
  ],
};
const labels = { app: 'ledger-worker' };
const spec = {
  replicas: 1,
  selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers: [container] } },
};
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ledger-worker', annotations: { note: `the password is ${password}` } },
  spec,
};

function send(method: 'POST' | 'DELETE', path: string, object?: unknown): Promise<unknown> {
  const body = object === undefined ? {} : { body: { contentType: 'application/json', text: JSON.stringify(object) } };
  return apiOf(access).json({ path, method, ...body, subject: { verb: method === 'POST' ? 'create' : 'delete', resource: path, namespace: null }, signal });
}

/** As the workbench makes one, looked at once the pod has failed and was started again. */
async function sourceOf(): Promise<ContextSource> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: [namespace], signal });
    const { incidents, coverage, view } = await diagnose({ snapshot, evidence: access.evidence, signal });
    const issues = incidents.map((incident) => toIssueDetail(incident, view));
    const restarted = view.list('Pod', namespace).some(({ status }) => (status?.containerStatuses?.[0]?.restartCount ?? 0) > 0);
    if (restarted && issues.length > 0) {
      const cluster = { id: access.id, access, namespace, checked: () => Promise.resolve({ issues, coverage, view, plan: () => null }) };
      return createKubernetesSource({ cluster, tools: kubernetesTools(cluster), answer: () => Promise.resolve(null) });
    }
    await delay(1_000);
  }
  throw new Error('The pod did not fail in a minute.');
}

beforeAll(async () => {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: process.env.QD_TEST_KUBECONFIG ?? '' });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error('QD_TEST_KUBECONFIG has no usable current context');
  access = await openCluster(context);
  await send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, deployment);
});

afterAll(async () => {
  await send('DELETE', `/api/v1/namespaces/${namespace}`);
  await access.close();
});

it('tells a model why a real workload fails, without its password and, where that is wished, without a name', async () => {
  const source = await sourceOf();
  const focus = { page: null, namespace, object: { kind: 'Deployment', namespace, name: 'ledger-worker' }, issueId: null };
  const sections = await source.summarise(focus, signal);
  const names = await source.names(signal);
  const build = (sendNames: boolean) => {
    const settings = { sendClusterMetadata: sendNames, sendResourceNames: sendNames, sendLogs: true, sendPodNames: sendNames };
    const privacy = createPrivacy({ settings, names });
    const built = buildContext({
      ...{ sections, intent: 'troubleshoot', settings: defaultContextSettings, mark: 'mark0' },
      privacy,
      countTokens: (text) => Math.ceil(text.length / 4),
    });
    return { privacy, ...built };
  };
  const open = build(true);
  expect(open.text).toContain('Deployment');
  expect(open.text).toContain('ERROR login as app with [redacted] was refused');
  expect(open.text).toContain('restart');
  expect(open.account.map(({ id }) => id)).toEqual(expect.arrayContaining(['issue', 'status', 'logs', 'events', 'manifest', 'namespace', 'cluster']));
  const closed = build(false);
  for (const text of [open.text, closed.text]) expect(text).not.toContain('orange7');
  expect(closed.text).not.toMatch(/ledger-worker|ctx-\d/);
  expect(closed.privacy.open(closed.text)).toContain(`ledger-worker`);
  expect(await source.suggestedPrompts(focus, signal)).toContain('Why is Deployment ledger-worker failing?');
});
