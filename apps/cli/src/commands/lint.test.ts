import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '@quarterdeck/cluster';
import { adviceReportSchema } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'qd-lint-'));
const pod = (name: string, image: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { containers: [{ name: 'app', image, resources: { requests: { cpu: '1' }, limits: { cpu: '3', memory: '1Gi' } } }] },
  status: { phase: 'Running' },
});
mkdirSync(join(folder, 'shop'));
writeFileSync(join(folder, 'shop', 'pods.json'), JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [pod('web', 'web:latest'), pod('db', 'db:1')] }));

const lint = (...args: string[]) => runQd(['lint', ...args], { openAccess: () => openRecording(folder) });

describe('qd lint', () => {
  it('shows each check once, with the objects it speaks of', async () => {
    const { code, out } = await lint('--check', 'image-latest');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(
        '○ low   Image with the tag latest image-latest\n  Pod shop/web\n    app: Image web:latest changes without a rollout.\n\n1 check with advice about 1 object',
      ),
    });
  });

  it('gives the whole report to programs, and draws its lines where it is told to', async () => {
    const report = async (...args: string[]) => adviceReportSchema.parse(JSON.parse((await lint('-o', 'json', ...args)).out)).advice;
    expect((await report('--check', 'policy-resources-too-large')).length).toBe(0);
    const strict = await report('--check', 'policy-resources-too-large', '--threshold', 'maxCpuLimit=2', '--threshold', 'maxCpuRequest=500m');
    expect(strict.flatMap(({ places }) => places.map(({ path }) => path))).toEqual([
      'spec.containers[0].resources.limits["cpu"]',
      'spec.containers[0].resources.requests["cpu"]',
      'spec.containers[0].resources.limits["cpu"]',
      'spec.containers[0].resources.requests["cpu"]',
    ]);
    expect((await report('--policy')).some(({ check }) => check === 'policy-probes-required')).toBe(true);
  });

  it('ends with 2 where there is advice that is bad enough', async () => {
    expect((await lint('--check', 'image-latest', '--fail-on', 'low')).code).toBe(2);
    expect((await lint('--check', 'naked-pod', '--fail-on', 'low')).code).toBe(0);
    expect((await lint('--check', 'naked-pod', '--fail-on', 'info')).code).toBe(2);
  });

  it.each([
    [['--threshold', 'maxCpu=1'], 'there is no such threshold', 'maxCpuLimit'],
    [['--threshold', 'maxCpuLimit=lots'], 'is not a quantity', 'There are:'],
    [['--threshold', 'strict'], 'must be NAME=VALUE', 'qd lint --help'],
    [['--check', 'image-lates'], 'There is no check image-lates', 'Nearest: image-latest'],
    [['--check', 'node-not-ready'], 'is a finding of', 'qd explain-check'],
    [['-n', 'shop', '-A'], 'exclude each other', 'Leave one'],
  ])('refuses %j with the way out', async (args, message, hint) => {
    const { code, out, err } = await lint(...args);
    expect({ out, isError: code > 2 }).toEqual({ out: '', isError: true });
    expect(err).toContain(message);
    expect(err).toContain(hint);
  });
});

describe('qd explain-check', () => {
  it('lists all checks, or says all of one', async () => {
    const { out } = await runQd(['explain-check']);
    expect(out).toMatch(/^CODE +TOLD BY +TITLE\n/);
    expect(out).toMatch(/^node-not-ready +issues +Node is not ready$/m);
    expect(out).toMatch(/^policy-image-digest +lint --policy /m);
    const one = (await runQd(['explain-check', 'Image-Latest'])).out;
    expect(one).toContain('image-latest · Image with the tag latest');
    expect(one).toContain('Silent when:\n  A digest stands beside the tag.');
    expect(JSON.parse((await runQd(['explain-check', 'node-not-ready', '-o', 'json'])).out)).toMatchObject({
      origin: 'issues',
      rules: expect.arrayContaining(['node']),
    });
  });

  it('offers the nearest codes for one that there is not', async () => {
    expect(await runQd(['explain-check', 'node-notready'])).toMatchObject({ code: 6, out: '', err: expect.stringContaining('node-not-ready') });
  });
});
