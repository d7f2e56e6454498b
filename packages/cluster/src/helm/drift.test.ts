import type { KubeObject } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { differences } from './drift.ts';

const wanted = parse(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web }, annotations: {} }
spec:
  replicas: 3
  paused: false
  template:
    spec:
      nodeSelector: null
      containers:
        - name: app
          image: web:2
          env: [{ name: MODE, value: "1" }, { name: TOKEN, value: <hidden 1a2b3c> }]
          ports: [{ containerPort: 80 }]
          resources: { requests: { cpu: 1000m, memory: 1024Mi } }
`);

function live(change: { replicas?: number; image?: string; cpu?: string; labels?: Record<string, string>; sidecar?: boolean }): KubeObject {
  const app = {
    name: 'app',
    image: change.image ?? 'web:2',
    env: [
      { name: 'INJECTED', value: 'x' },
      { name: 'TOKEN', value: 'geheim' },
      { name: 'MODE', value: '1' },
    ],
    ports: [{ containerPort: 80, protocol: 'TCP' }],
    resources: { requests: { cpu: change.cpu ?? '1', memory: '1Gi' } },
    terminationMessagePath: '/dev/termination-log',
  };
  const containers = change.sidecar ? [{ name: 'proxy', image: 'proxy:1' }, app] : [app];
  const spec = { replicas: change.replicas ?? 3, progressDeadlineSeconds: 600, template: { spec: { containers } } };
  return Object.assign({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: change.labels ?? { app: 'web' } } }, { spec });
}

describe('differences', () => {
  it('are none where defaults, other writings and additions are all there is', () => {
    expect(differences(wanted, live({}))).toEqual([]);
    expect(differences(wanted, live({ sidecar: true }))).toEqual([]);
  });

  it.each([
    [{ replicas: 1 }, 'spec.replicas', '3', '1'],
    [{ image: 'web:1' }, 'spec.template.spec.containers[name=app].image', 'web:2', 'web:1'],
    [{ cpu: '500m' }, 'spec.template.spec.containers[name=app].resources.requests.cpu', '1000m', '500m'],
    [{ labels: {} }, 'metadata.labels.app', 'web', null],
  ])('%j', (change, path, before, now) => {
    expect(differences(wanted, live(change))).toEqual([{ path, wanted: before, found: now }]);
  });

  it('never show a secret, nor miss one in a Secret, whose values are not known', () => {
    const secret: KubeObject = Object.assign({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' } }, { data: { password: '' } });
    expect(differences(parse('kind: Secret\nmetadata: { name: login }\nstringData: { password: x }'), secret)).toEqual([]);
    const settings: KubeObject = Object.assign({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' } }, { data: { url: 'postgres://ann:geheim@db' } });
    expect(JSON.stringify(differences(parse('kind: ConfigMap\ndata: { url: none }'), settings))).not.toContain('geheim');
  });
});
