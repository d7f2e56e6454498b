import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { issueReportSchema, planSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from './repository.ts';

const run = promisify(execFile);
const namespace = `qd-cli-${process.pid}`;
const environment = { ...process.env, KUBECONFIG: process.env.QD_TEST_KUBECONFIG };
const kubectl = (...args: string[]) => qd('sandbox', 'kubectl', `--kubeconfig=${process.env.QD_TEST_KUBECONFIG}`, ...args);

async function qd(...args: string[]) {
  const { stdout } = await run(process.execPath, [inRepository('bin/qd.js'), ...args], { env: environment, maxBuffer: 1 << 26 });
  return stdout;
}

describe('qd on a real cluster', () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qd-cli-'));
    await kubectl('create', 'namespace', namespace);
    await kubectl('-n', namespace, 'create', 'service', 'clusterip', 'lonely', '--tcp=80');
    await kubectl('-n', namespace, 'create', 'deployment', 'web', '--image=docker.io/local/none:1');
  });

  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
    await rm(folder, { recursive: true, force: true });
  });

  const report = async (...args: string[]) => issueReportSchema.parse(JSON.parse(await qd('issues', '--output', 'json', ...args)));

  it('reports issues with ids that stay, plans one by its id, and says the same from a recording', async () => {
    await expect.poll(async () => (await report('-n', namespace)).issues.length, { timeout: 60_000, interval: 2000 }).toBeGreaterThan(1);
    const ids = (await report('-n', namespace)).issues.map((issue) => issue.id);
    const [id = ''] = ids;
    expect(planSchema.parse(JSON.parse(await qd('plan', id, '--offline', '--output', 'json'))).quickFix.summary).not.toBe('');

    const file = join(folder, 'recording.qdb.json.gz');
    await qd('snapshot', 'save', file, '-n', namespace);
    expect((await stat(file)).mode & 0o077).toBe(0);
    const recorded = (await report('--bundle', file, '-n', namespace)).issues.map((issue) => issue.id);
    expect(recorded).toEqual(expect.arrayContaining(ids));
  });

  it('reads what kubectl cluster-info dump wrote', async () => {
    const dump = join(folder, 'dump');
    await kubectl('cluster-info', 'dump', `--namespaces=${namespace}`, `--output-directory=${dump}`);
    const fromDump = await report('--bundle', dump, '-n', namespace);
    expect(fromDump.issues.map(({ name }) => name)).toContain('web');
  });

  it('ends with 2 for issues when asked, and with 6 for a namespace that is not there', async () => {
    await expect(qd('issues', '-n', namespace, '--exit-code')).rejects.toMatchObject({ code: 2 });
    await expect(qd('issues', '-n', 'qd-not-there')).rejects.toMatchObject({ code: 6, stdout: '' });
  });

  it('ends with 9 where nothing answers', async () => {
    const silent = join(folder, 'kubeconfig');
    await writeFile(silent, kubeconfigFor('https://127.0.0.1:9'));
    await expect(qd('issues', '--kubeconfig', silent)).rejects.toMatchObject({ code: 9 });
  });
});

function kubeconfigFor(server: string): string {
  const entry = (kind: string, value: object) => [{ name: 'x', [kind]: value }];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entry('cluster', { server }),
    users: entry('user', {}),
    contexts: entry('context', { cluster: 'x', user: 'x' }),
    'current-context': 'x',
  });
}
