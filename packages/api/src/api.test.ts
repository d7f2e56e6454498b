import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connect, diagnose, plan } from './index.ts';

const recording = join(import.meta.dirname, '..', '..', '..', 'apps', 'server', 'demo', 'demo.qdb');

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', creationTimestamp: '2026-05-04T11:00:00Z' },
  spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'web:1', envFrom: [{ secretRef: { name: 'login' } }] }] },
  status: {
    phase: 'Pending',
    containerStatuses: [
      {
        name: 'app',
        image: 'web:1',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'CreateContainerConfigError', message: 'secret "login" not found' } },
      },
    ],
  },
};

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } };

describe('the API', () => {
  it('opens a recording, says what is broken and plans a fix', async () => {
    const cluster = await connect({ recording });
    expect(cluster.recordedAt).toMatch(/^\d{4}-/);
    const { issues } = await diagnose(cluster);
    await cluster.close();
    const [first] = issues;
    if (first === undefined) throw new Error('The demo has issues.');
    expect(plan(first).quickFix.steps.length).toBeGreaterThan(0);
  });

  it('looks at plain objects', async () => {
    const { issues } = await diagnose([pod, node], { now: Date.parse('2026-05-04T12:00:00Z') });
    expect(issues[0]).toMatchObject({ confidence: 'certain', explanation: expect.stringContaining('login') });
  });

  it('plans for its own issues alone', async () => {
    const { issues } = await diagnose([pod]);
    expect(() => plan(structuredClone(issues[0] ?? fail()))).toThrow('no issue');
  });

  it.each([
    [{ recording, context: 'x' }, 'VALIDATION_ERROR'],
    [{ kubeconfig: '/nowhere' }, 'KUBECONFIG_INVALID'],
  ])('refuses %j', async (options, code) => {
    await expect(connect(options)).rejects.toMatchObject({ code });
  });
});

function fail(): never {
  throw new Error('There should be an issue.');
}
