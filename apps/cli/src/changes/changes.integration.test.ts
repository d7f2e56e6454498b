import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qdWith } from '../testing/run-qd.ts';

const namespace = `qd-changes-${process.pid}`;
const state = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-state-'));
const qd = qdWith(state);
const here = (line: string, input = '') => qd([...line.split(' '), '-n', namespace], input);

const manifest = (replicas: number, password: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: web, image: "docker.io/local/pause:1", imagePullPolicy: IfNotPresent}]
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {password: ${password}}
`;

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('commands that change a real cluster', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qd-changes-'));
    await qd(['apply', '-f', '-'], `{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "${namespace}"}}`);
    await writeFile(join(folder, 'web.yaml'), manifest(1, 'hunter2'));
  });
  afterAll(async () => {
    await qd(['delete', 'namespace', namespace, '--yes', '--wait=false']);
    await rm(folder, { recursive: true });
    await rm(state, { recursive: true });
  });

  it('apply and diff a folder; diff ends as diff does and hides the values of Secrets', async () => {
    expect(await here(`diff -f ${folder}`)).toMatchObject({ code: 1, out: expect.stringContaining('+  password: "***"') });
    expect(await here(`apply -f ${folder}`)).toMatchObject({ code: 0, out: 'deployment.apps/web serverside-applied\nsecret/login serverside-applied\n' });
    expect(await here(`diff -f ${folder}`)).toEqual({ code: 0, out: '', err: '' });
    const changed = await here('diff -f -', manifest(2, 'hunter3'));
    expect(changed).toMatchObject({ code: 1, out: expect.stringMatching(/- {2}replicas: 1\n\+ {2}replicas: 2\n/) });
    expect(changed.out).toContain('-  password: "*** (before)"\n+  password: "*** (after)"');
    expect((await here('diff -f -', 'kind: x')).code).toBeGreaterThan(1);
  });

  it('change workloads with the lines of kubectl', async () => {
    const lines = [
      ['scale deploy/web --replicas=2', 'deployment.apps/web scaled'],
      ['scale deploy web --replicas=3 --dry-run=server', 'deployment.apps/web scaled (server dry run)'],
      ['scale deploy/web --replicas=1 --current-replicas=2', 'deployment.apps/web scaled'],
      ['set image deploy/web web=docker.io/local/nginx:1', 'deployment.apps/web image updated'],
      ['rollout undo deploy/web', 'deployment.apps/web rolled back'],
      ['label deploy/web tier=front', 'deployment.apps/web labeled'],
      ['annotate deploy -l tier=front owner=me', 'deployment.apps/web annotated'],
      ['label deploy/web tier-', 'deployment.apps/web unlabeled'],
      ['rollout restart deploy/web', 'deployment.apps/web restarted'],
    ] as const;
    for (const [line, said] of lines) expect(await here(line)).toEqual({ code: 0, out: `${said}\n`, err: '' });
    expect(await here('rollout status deploy/web --timeout=100s')).toMatchObject({ code: 0, out: expect.stringContaining('successfully rolled out') });
    expect((await here('rollout history deploy/web')).out).toMatch(/^deployment\.apps\/web \nREVISION +CHANGE-CAUSE +IMAGES\n2 /);
  });

  it('ask before what cannot be taken back, and wait until it is gone', async () => {
    expect(await here('delete deploy/web')).toMatchObject({ code: 3, out: '', err: expect.stringMatching(/namespace qd-changes-\d+\).*\n +Add --yes/) });
    expect(await here('scale deploy/web --replicas=0')).toMatchObject({ code: 3 });
    expect(await here('delete deploy/web --yes')).toMatchObject({ code: 0, out: `deployment.apps "web" deleted from ${namespace} namespace\n` });
    expect(await here('delete deploy/web --yes')).toMatchObject({ code: 6, out: '' });
    expect(await here('delete deploy/web --yes --ignore-not-found')).toMatchObject({ code: 0 });
  });

  it('name file, document and line of what is wrong', async () => {
    expect(await here('apply -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nkind: Pod\n')).toMatchObject({
      code: 3,
      err: expect.stringContaining('standard input, document 2, line 5: apiVersion is missing'),
    });
  });
});
