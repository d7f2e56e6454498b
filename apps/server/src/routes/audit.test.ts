import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { ClusterSource } from '../clusters/cluster-source.ts';
import { testApp } from '../testing/test-app.ts';

const source: ClusterSource = {
  id: 'east',
  name: 'east',
  server: 'https://east.example',
  recordedAt: null,
  namespace: 'shop',
  open: () => Promise.reject(new AppError('CLUSTER_UNREACHABLE', 'It does not answer.')),
};
const forward = { namespace: 'shop', kind: 'Service', name: 'web', ports: [{ local: 0, remote: 80 }] };

describe('the ledger over HTTP', () => {
  it('lists what was done with who, how and the way it ended, and shows one act', async () => {
    const { call } = await testApp([source]);
    expect((await call('POST', '/api/forwards', forward)).status).toBe(502);
    const { body } = await call('GET', '/api/audit?action=pod&outcome=failed');
    expect(body).toMatchObject({
      acts: [
        {
          ...{ actor: { id: 'local', kind: 'person' }, via: 'api', cluster: 'east', action: 'pod.portForward' },
          kubectl: 'kubectl port-forward -n shop --address=127.0.0.1 service/web :80',
          result: { outcome: 'failed', error: { code: 'CLUSTER_UNREACHABLE' } },
        },
      ],
      next: null,
    });
    const [{ act } = { act: '' }] = Object.assign({ acts: [{ act: '' }] }, body).acts;
    expect((await call('GET', `/api/audit/acts/${act}`)).body).toMatchObject({ act, target: { kind: 'Service', name: 'web' } });
    expect((await call('GET', '/api/audit/acts/none')).status).toBe(404);
    expect((await call('GET', '/api/audit?action=pod%25')).status).toBe(400);
  });

  it('is checked, with an anchor, and exported', async () => {
    const { call, app, services } = await testApp([source]);
    await call('POST', '/api/forwards', forward);
    const report = (await call('GET', '/api/audit/verify')).body;
    expect(report).toMatchObject({ ok: true, rows: 2, head: { seq: 2 } });
    expect((await call('GET', `/api/audit/verify?anchor=2:${'0'.repeat(64)}`)).body).toMatchObject({ ok: false, faults: [{ seq: 2 }] });
    expect((await call('GET', '/api/audit/verify?anchor=2')).status).toBe(400);
    const headers = { host: '127.0.0.1:7420', authorization: 'Bearer the-launch-token' };
    const lines = (await (await app.request('/api/audit/export', { headers })).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2]);
    await services.storage.close();
  });

  it('is for who may read it', async () => {
    const { app } = await testApp([source]);
    for (const path of ['/api/audit', '/api/audit/verify', '/api/audit/export', '/api/audit/acts/a']) {
      expect((await app.request(path, { headers: { host: '127.0.0.1:7420' } })).status).toBe(401);
    }
  });

  it('that can not be written keeps everything from being done, and logins too', async () => {
    let opened = false;
    const { call, app, services } = await testApp([
      {
        ...source,
        open: async () => {
          opened = true;
          throw new AppError('CLUSTER_UNREACHABLE', 'no');
        },
      },
    ]);
    await services.storage.close();
    expect((await call('POST', '/api/forwards', forward)).status).toBe(500);
    expect(opened).toBe(false);
    const headers = { host: '127.0.0.1:7420', origin: 'http://127.0.0.1:7420', 'content-type': 'application/json' };
    const login = await app.request('/api/auth/launch', { method: 'POST', headers, body: JSON.stringify({ token: 'the-launch-token' }) });
    expect(login.status).toBe(500);
    expect(login.headers.get('set-cookie')).toBeNull();
  });
});
