import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { collectSnapshot, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { diagnose, diagnosisKinds, planFor, toIssueDetail } from '@quarterdeck/diagnosis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AskedCluster } from '../kubernetes/asked-cluster.ts';
import { withoutChanges } from '../kubernetes/without-changes.ts';
import { kubernetesTools } from './kubernetes-tools.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `assistant-tools-${process.pid}`;
const run = promisify(execFile);
const kubectl = (...args: string[]) => run('kubectl', [`--kubeconfig=${kubeconfig}`, '-n', namespace, ...args]);
const { signal } = new AbortController();

async function askedSandbox(): Promise<AskedCluster> {
  const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: kubeconfig ?? '' });
  const context = contexts.find(({ id }) => id === currentContext);
  if (context === undefined) throw new Error('The kubeconfig has no context.');
  const access = await openCluster(context);
  return {
    id: access.id,
    access,
    namespace,
    async checked() {
      const snapshot = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: [namespace], signal });
      const { incidents, coverage, view } = await diagnose({ snapshot, evidence: access.evidence, signal });
      return {
        issues: incidents.map((incident) => toIssueDetail(incident, view)),
        coverage,
        view,
        plan({ issueId, userContext, horizon }) {
          const incident = incidents.find(({ id }) => id === issueId);
          return incident === undefined ? null : planFor(incident, view, { userContext, horizon });
        },
      };
    },
  };
}

describe.skipIf(kubeconfig === undefined)('the tools on a real cluster', () => {
  let cluster: AskedCluster;
  beforeAll(async () => {
    await run('kubectl', [`--kubeconfig=${kubeconfig}`, 'create', 'namespace', namespace]);
    await kubectl('create', 'deployment', 'web', '--image=docker.io/local/busybox:1', '--', 'sh', '-c', 'echo "ERROR no database"; exit 1');
    cluster = await askedSandbox();
    await vi.waitFor(
      async () => expect((await kubectl('get', 'pods', '-o', 'jsonpath={.items[0].status.containerStatuses[0].restartCount}')).stdout).not.toBe('0'),
      {
        timeout: 90_000,
        interval: 1_000,
      },
    );
  });
  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await cluster.access.close();
  });

  const call = async (name: string, input: object) => {
    const tool = kubernetesTools(withoutChanges(cluster)).find((each) => each.name === name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    return (await tool.run(input, signal)).value;
  };
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' };

  it('read issues, objects, logs, events and what a field means', async () => {
    expect(await call('list_issues', { namespace })).toMatchObject({ issues: [{ namespace }] });
    expect(await call('list_resources', { kind: 'po', namespace, filter: 'restarts>0' })).toMatchObject({ total: 1 });
    expect(await call('describe_resource', { kind: 'deploy', name: 'web' })).toMatchObject({ rollout: { desired: 1 }, pods: [{}], issues: [{}] });
    expect(await call('get_logs', { kind: 'deploy', name: 'web', namespace, severity: 'error' })).toMatchObject({
      lines: [expect.stringContaining('no database')],
    });
    expect(await call('list_events', { namespace, kind: 'Pod', search: 'back-off' })).toMatchObject({ events: [{ reason: 'BackOff' }] });
    expect(await call('explain_field', { kind: 'deploy', path: 'spec.strategy.rollingUpdate.maxSurge' })).toMatchObject({
      type: '<IntOrString>',
      description: expect.stringContaining('maximum'),
    });
    expect(await call('explain_field', { kind: 'po', path: 'spec.containers[0].env.valueFrom' })).toMatchObject({
      fields: expect.arrayContaining([expect.objectContaining({ name: 'secretKeyRef' })]),
    });
    expect(await call('list_helm_releases', { namespace })).toMatchObject({ state: 'read', releases: [] });
    expect(JSON.stringify(await call('top', { of: 'nodes' }))).toMatch(/metrics-server|unavailable/);
  });

  it('propose a change as the server tries it, and change nothing', async () => {
    const proposal = await call('propose_change', { change: { verb: 'scale', target, replicas: 3 }, reason: 'more' });
    expect(proposal).toMatchObject({
      summary: expect.stringContaining('.spec.replicas'),
      kubectl: expect.stringContaining('--replicas=3'),
      preview: { diff: { fields: [{ before: 1, after: 3 }] } },
    });
    expect((await kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}')).stdout).toBe('1');
  });

  it('reach nothing that is no reading', async () => {
    const { access } = withoutChanges(cluster);
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const subject = { verb: 'deletecollection', resource: 'pods', namespace } as const;
    await expect(access.api?.json({ method: 'DELETE', path, subject, signal })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(access.api?.json({ path: `${path}/web/proxy/`, subject, signal })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(access.api?.socket({ path: `${path}/web/exec`, protocols: [], subject, signal })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
