import { brokenCluster, healthyCluster } from '@quarterdeck/diagnosis/testing';
import { describe, expect, it } from 'vitest';
import { createPrivacy } from '../privacy/create-privacy.ts';
import { defaultPrivacySettings } from '../privacy/privacy-settings.ts';
import type { ContextSection, Focus } from '../sources/context-source.ts';
import { describeContextSource } from '../testing/context-source-conformance.ts';
import { testCluster } from '../testing/test-cluster.ts';
import { kubernetesTools } from '../tools/kubernetes-tools.ts';
import { createKubernetesSource } from './create-kubernetes-source.ts';
import { takeFocusSnapshot } from './focus-snapshot.ts';

const { signal } = new AbortController();
const nowhere: Focus = { page: null, namespace: null, object: null, issueId: null };
const on = (kind: string, name: string): Focus => ({ ...nowhere, object: { kind, namespace: 'shop', name } });
const logs = { 'web-5f4d-x1/app': ['2026-05-04T10:00:00Z starting', '2026-05-04T10:00:01Z FATAL no catalog at http://catalog.shop.svc:80'] };

function sourceOf(objects = brokenCluster()) {
  const cluster = testCluster(objects, { logs: { ...logs, 'web-5f4d-x1/app (previous)': logs['web-5f4d-x1/app'] } });
  return createKubernetesSource({ cluster, tools: kubernetesTools(cluster), answer: () => Promise.resolve(null) });
}

const textOf = (sections: readonly ContextSection[], id: string) =>
  sections
    .filter((section) => section.id === id)
    .map(({ text }) => text)
    .join('\n');

describeContextSource('Kubernetes', {
  open: () => sourceOf(),
  focuses: [nowhere, { ...nowhere, namespace: 'shop' }, on('Deployment', 'web'), on('Pod', 'web-5f4d-x1'), on('Service', 'gone')],
});

describe('what a model is told of a cluster', () => {
  it('begins with the issue: its cause, how it leads there, and what proves it', async () => {
    const sections = await sourceOf().summarise(on('Deployment', 'api'), signal);
    expect(sections[0]).toMatchObject({ id: 'issue', priority: 100 });
    expect(sections[0]?.text).toMatch(
      /Cause: ConfigMap shop\/api-settings[\s\S]*How it leads to the symptom:\n- ConfigMap shop\/api-settings: missing[\s\S]*Evidence:/,
    );
    expect(textOf(sections, 'status')).toContain('object: Deployment shop/api');
    expect(textOf(sections, 'events')).toContain('configmap "api-settings" not found');
    expect(textOf(sections, 'neighbours')).toContain('ConfigMap shop/api-settings | missing');
    expect(textOf(sections, 'namespace')).toMatch(/Namespace shop: Pod \d+, Deployment \d+/);
    expect(textOf(sections, 'cluster')).toContain('Kubernetes v1.35.0');
  });

  it('has the log of the run that ended, and the manifest without bookkeeping', async () => {
    const sections = await sourceOf().summarise(on('Deployment', 'web'), signal);
    expect(sections.find(({ title }) => title === 'Log of web-5f4d-x1/app, the run before')?.text).toContain('FATAL no catalog');
    expect(textOf(sections, 'manifest')).toContain('kind: Deployment');
    expect(textOf(sections, 'manifest')).not.toMatch(/resourceVersion|managedFields|^status:/m);
  });

  it('says so where an object does not exist', async () => {
    expect(textOf(await sourceOf().summarise(on('Service', 'gone'), signal), 'status')).toContain('state: missing');
  });

  it('leaves out the cluster and the logs where they may not leave, also what an issue quotes of logs', async () => {
    const sections = await sourceOf().summarise(on('Deployment', 'web'), signal);
    const privacy = createPrivacy({ settings: { ...defaultPrivacySettings, sendLogs: false, sendClusterMetadata: false } });
    const sent = privacy
      .sealSections(sections)
      .map(({ section }) => section.text)
      .join('\n');
    expect(sent).not.toContain('FATAL no catalog');
    expect(sent).not.toContain('v1.35.0');
  });

  it('knows the secrets that manifests of the namespace give away, for what tools read later', async () => {
    const [pod] = brokenCluster().filter(({ kind }) => kind === 'Pod');
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mail', namespace: 'shop' }, data: { 'app.ini': 'smtp_password = orange7tree' } };
    const source = sourceOf(pod === undefined ? [] : [pod, settings]);
    expect(await source.secrets?.({ ...nowhere, namespace: 'shop' }, signal)).toEqual(['orange7tree']);
  });

  it('knows what private images, releases and teams are called, and leaves what everybody knows', async () => {
    const pod = (image: string, labels: Record<string, string>) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p', namespace: 'shop', labels },
      spec: { containers: [{ name: 'app', image }] },
    });
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'sh.helm.release.v1.rocket.v3', namespace: 'shop' }, type: 'helm.sh/release.v1' };
    const names = await sourceOf([
      pod('registry.acme.example:5000/moon/lander:1.2', { team: 'gravity' }),
      { ...pod('ghcr.io/org/tool:1', {}), metadata: { name: 'q', namespace: 'shop' } },
      secret,
    ]).names(signal);
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining(['registry.acme.example:5000', 'moon', 'lander', 'gravity', 'rocket']));
    expect(names.map(({ name }) => name)).not.toContain('ghcr.io');
  });

  it('keeps the form of a snapshot: counts, the object, changes, an estimate and a priority', async () => {
    const broken = await takeFocusSnapshot(testCluster(brokenCluster()), on('Deployment', 'api'), signal);
    expect(broken).toMatchObject({
      cluster: { name: 'test', provider: 'unknown', nodeCount: 1 },
      namespace: { name: 'shop' },
      currentResource: { state: expect.any(String) },
      priority: 'high',
    });
    expect(broken.tokenEstimate).toBeGreaterThan(100);
    const healthy = await takeFocusSnapshot(testCluster(healthyCluster()), nowhere, signal);
    expect(healthy).toMatchObject({ issues: [], currentResource: null, priority: 'low' });
  });

  it('suggests what can be asked of what is there', async () => {
    expect(await sourceOf().suggestedPrompts(on('Deployment', 'api'), signal)).toEqual(expect.arrayContaining(['Why is ConfigMap api-settings failing?']));
    expect(await sourceOf(healthyCluster()).suggestedPrompts(on('Deployment', 'web'), signal)).toContain('Explain Deployment web');
    expect((await sourceOf(healthyCluster()).suggestedPrompts(nowhere, signal)).join()).not.toContain('failing');
  });
});
