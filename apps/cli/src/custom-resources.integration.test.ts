import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { issueReportSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './repository.ts';

const run = promisify(execFile);
const namespace = `qd-custom-${process.pid}`;
const group = `boats-${process.pid}.example`;
const environment = { ...process.env, KUBECONFIG: process.env.QD_TEST_KUBECONFIG };
const kubectl = (...args: string[]) => qd('sandbox', 'kubectl', `--kubeconfig=${process.env.QD_TEST_KUBECONFIG}`, ...args);

async function qd(...args: string[]) {
  const { stdout } = await run(process.execPath, [inRepository('bin/qd.js'), ...args], { env: environment, maxBuffer: 1 << 26 });
  return stdout;
}

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boats.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {kind: Boat, plural: boats, singular: boat}
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {status: {}}
      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
`;

const resultDefinition = definition
  .replaceAll(`boats.${group}`, 'results.core.k8sgpt.ai')
  .replace(`group: ${group}`, 'group: core.k8sgpt.ai')
  .replace('{kind: Boat, plural: boats, singular: boat}', '{kind: Result, plural: results, singular: result}')
  .replace('name: v1\n', 'name: v1alpha1\n');

/** As the operator writes it: the name without hyphens and slashes. */
const result = `
apiVersion: core.k8sgpt.ai/v1alpha1
kind: Result
metadata: {name: ${namespace.replaceAll('-', '')}lonely, namespace: ${namespace}}
spec: {backend: openai, kind: Service, name: ${namespace}/lonely, parentObject: "", details: "", error: [{text: "Service has no endpoints, expected label app=lonely"}]}
`;

const boat = (name: string) => `
apiVersion: ${group}/v1
kind: Boat
metadata: {name: ${name}, namespace: ${namespace}}
spec: {harbourRef: {kind: ConfigMap, apiVersion: v1, name: harbour}}
---`;

const statusOf = (status: string, message: string) =>
  JSON.stringify({ status: { conditions: [{ type: 'Ready', status, reason: 'Moored', message, lastTransitionTime: '2026-01-05T08:00:00Z' }] } });

describe('custom resources of a real cluster', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qd-custom-'));
    await kubectl('create', 'namespace', namespace);
    await applied('definition', definition);
    await kubectl('wait', `crd/boats.${group}`, '--for=condition=Established', '--timeout=60s');
    await applied('boats', boat('anna') + boat('berta'));
    await kubectl(
      'patch',
      `boats.${group}`,
      'anna',
      '-n',
      namespace,
      '--subresource=status',
      '--type=merge',
      '-p',
      statusOf('False', 'configmaps "harbour" not found'),
    );
    await kubectl('patch', `boats.${group}`, 'berta', '-n', namespace, '--subresource=status', '--type=merge', '-p', statusOf('True', ''));
  });

  afterAll(async () => {
    await kubectl('delete', 'crd', `boats.${group}`, 'results.core.k8sgpt.ai', '--ignore-not-found', '--wait=false');
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await rm(folder, { recursive: true, force: true });
  });

  async function applied(name: string, manifest: string): Promise<void> {
    const path = join(folder, `${name}.yaml`);
    await writeFile(path, manifest);
    await kubectl('apply', '-f', path);
  }

  const causes = async (...args: string[]) => {
    const { issues, coverage } = issueReportSchema.parse(JSON.parse(await qd('issues', '--output', 'json', '-n', namespace, ...args)));
    return { named: issues.map(({ mechanism, kind, name }) => `${mechanism} ${kind} ${name}`), sources: coverage.sources };
  };

  it('end at what they refer to and is not there, live and in a recording', async () => {
    const expected = ['custom-reference-missing ConfigMap harbour'];
    const live = await causes();
    expect(live.named).toEqual(expected);
    expect(live.sources).toEqual([expect.objectContaining({ source: 'k8sgpt', state: 'absent' })]);
    const file = join(folder, 'recording.qdb.json.gz');
    await qd('snapshot', 'save', file, '-n', namespace);
    expect((await causes('--bundle', file)).named).toEqual(expected);
  });

  it('of K8sGPT are one issue with ours', async () => {
    await applied('results', resultDefinition);
    await kubectl('wait', 'crd/results.core.k8sgpt.ai', '--for=condition=Established', '--timeout=60s');
    await applied('result', result);
    await kubectl('-n', namespace, 'create', 'service', 'clusterip', 'lonely', '--tcp=80');
    const look = async () => {
      const { issues, coverage } = issueReportSchema.parse(JSON.parse(await qd('issues', '--output', 'json', '-n', namespace)));
      const about = issues.filter(({ name }) => name === 'lonely');
      return { sources: about.map(({ sources }) => sources?.map(({ source }) => source)), heard: coverage.sources?.[0]?.state };
    };
    await expect.poll(look, { timeout: 60_000, interval: 3000 }).toEqual({ sources: [['quarterdeck', 'k8sgpt']], heard: 'read' });
  });
});
