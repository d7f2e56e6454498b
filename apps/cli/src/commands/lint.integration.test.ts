import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { adviceReportSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../repository.ts';

const run = promisify(execFile);
const namespace = `qd-lint-${process.pid}`;
const environment = { ...process.env, KUBECONFIG: process.env.QD_TEST_KUBECONFIG };
const qd = async (...args: string[]) => (await run(process.execPath, [inRepository('bin/qd.js'), ...args], { env: environment, maxBuffer: 1 << 26 })).stdout;
const kubectl = (...args: string[]) => qd('sandbox', 'kubectl', `--kubeconfig=${process.env.QD_TEST_KUBECONFIG}`, ...args);
const lint = async (...args: string[]) => adviceReportSchema.parse(JSON.parse(await qd('lint', '-n', namespace, '-o', 'json', ...args)));

describe('qd lint on a real cluster', () => {
  beforeAll(async () => {
    await kubectl('create', 'namespace', namespace);
    await kubectl('-n', namespace, 'create', 'deployment', 'web', '--image=docker.io/local/none:latest', '--replicas=0');
    await kubectl('-n', namespace, 'create', 'rolebinding', 'left-over', '--role=gone', `--serviceaccount=${namespace}:nobody`);
  });

  afterAll(() => kubectl('delete', 'namespace', namespace, '--wait=false'));

  it('reads every kind it has checks for, and gives advice about the namespace alone', async () => {
    const { advice, coverage } = await lint('--policy');
    expect(coverage).toEqual({ complete: true, skipped: [] });
    expect(advice.map(({ check, object }) => `${check} ${object.kind}/${object.name}`)).toEqual(
      expect.arrayContaining(['image-latest Deployment/web', 'binding-dangling RoleBinding/left-over', 'policy-image-digest Deployment/web']),
    );
    expect(advice.every(({ object }) => object.namespace === namespace || object.name === namespace)).toBe(true);
  });

  it('is silent where an annotation says so', async () => {
    await kubectl('-n', namespace, 'annotate', 'deployment', 'web', 'quarterdeck.dev/ignore=image-latest,resources-none');
    const { advice, ignored } = await lint();
    expect([advice.some(({ check }) => check === 'image-latest'), ignored]).toEqual([false, 2]);
  });
});
