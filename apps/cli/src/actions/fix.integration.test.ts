import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actionSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { qdWith } from '../testing/run-qd.ts';

const namespace = `qd-fix-${process.pid}`;
const state = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-state-'));
const qd = qdWith(state);

const manifest = `
apiVersion: v1
kind: Namespace
metadata: {name: ${namespace}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      containers: [{name: web, image: "docker.io/local/pause:1", imagePullPolicy: IfNotPresent}]
`;

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('qd fix on a real cluster', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    await qd(['apply', '-f', '-'], manifest);
    await qd(['rollout', 'status', 'deploy/web', '-n', namespace, '--timeout', '90s']);
    await qd(['set', 'image', 'deploy/web', 'web=docker.io/local/puase:1', '-n', namespace]);
  });
  afterAll(async () => {
    await qd(['delete', 'namespace', namespace, '--yes', '--wait=false']);
    await rm(state, { recursive: true });
  });

  it('previews, wants to be told yes, carries out until the issue is gone, and takes it back', async () => {
    const issues = async () => z.array(z.looseObject({ id: z.string() })).parse(JSON.parse((await qd(['issues', '-n', namespace, '-o', 'json'])).out).issues);
    await expect.poll(issues, { timeout: 60_000, interval: 2000 }).toHaveLength(1);
    const id = (await issues())[0]?.id ?? '';
    const shown = await qd(['fix', id, '-n', namespace, '--dry-run']);
    expect(shown).toMatchObject({ code: 0, out: expect.stringMatching(/kubectl [\s\S]*Impact: [\s\S]*Check: rolloutComplete[\s\S]*Undo: kubectl/) });
    const unasked = await qd(['fix', id, '-n', namespace]);
    expect(unasked).toMatchObject({ code: 3, err: expect.stringContaining('Add --yes') });
    const done = await qd(['fix', id, '-n', namespace, '--yes']);
    expect(done).toMatchObject({
      code: 0,
      out: expect.stringMatching(/s1 +done[\s\S]*The issue is gone\.[\s\S]*succeeded\nTake it back with: qd actions undo/),
    });
    const { actions } = z
      .object({ actions: z.array(actionSchema) })
      .parse({ actions: JSON.parse((await qd(['actions', 'list', '--state', 'succeeded', '-o', 'json'])).out) });
    const fixed = actions[0]?.id ?? '';
    expect((await qd(['actions', 'show', fixed])).out).toContain('puase');
    expect(await qd(['actions', 'undo', fixed, '--dry-run'])).toMatchObject({ code: 0, out: expect.stringContaining('puase') });
    expect((await qd(['audit', 'list', '--action', 'action.run'])).out).toContain('done');
  });
});
