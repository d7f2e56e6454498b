import type { Forward } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { addressOf, reachOf, schemeOf } from './forward-address.ts';
import { offeredPorts } from './target-ports.ts';
import { ratesOf, type Traffic, withSamples } from './traffic.ts';

describe('the ports that are offered', () => {
  const containers = [
    { name: 'web', ports: [{ containerPort: 8080, name: 'http' }] },
    { name: 'dns', ports: [{ containerPort: 53, protocol: 'UDP' }] },
  ];
  it('are those that a pod, a template or a Service names', () => {
    const ofPod = offeredPorts('Pod', { spec: { containers } });
    expect(ofPod).toEqual([
      { remote: 8080, name: 'http', container: 'web', tcp: true },
      { remote: 53, name: null, container: 'dns', tcp: false },
    ]);
    expect(offeredPorts('Deployment', { spec: { template: { spec: { containers } } } })).toEqual(ofPod);
    expect(offeredPorts('Service', { spec: { ports: [{ port: 80, targetPort: 'http' }] } })).toEqual([{ remote: 80, name: null, container: null, tcp: true }]);
  });

  it('are none where none is named, whatever the object is', () => {
    expect([offeredPorts('Pod', { spec: { containers: [{ name: 'a' }] } }), offeredPorts('Pod', {}), offeredPorts('Service', { spec: {} })]).toEqual([
      [],
      [],
      [],
    ]);
  });
});

describe('where a forward is found', () => {
  const port = { local: 4000, remote: 80 };
  it('depends on where it listens and on where the page is', () => {
    expect(addressOf({ address: '127.0.0.1' }, port, 'localhost')).toBe('127.0.0.1:4000');
    expect(addressOf({ address: '127.0.0.1' }, port, 'ops.example.com')).toBeNull();
    expect(addressOf({ address: '0.0.0.0' }, port, 'ops.example.com')).toBe('ops.example.com:4000');
    expect(addressOf({ address: '::1' }, port, '127.0.0.1')).toBe('[::1]:4000');
    expect([reachOf({ address: '127.0.0.1' }, '127.0.0.1'), reachOf({ address: '127.0.0.1' }, 'ops'), reachOf({ address: '10.0.0.1' }, 'ops')]).toEqual([
      'thisMachine',
      'serverMachine',
      'others',
    ]);
  });

  it('is opened with TLS where the port says so', () => {
    expect([80, 'http', 443, 'https-admin', 8443].map((remote) => schemeOf({ remote }))).toEqual(['http', 'http', 'https', 'https', 'https']);
  });
});

describe('traffic', () => {
  const forward = (bytesIn: number): Forward => ({
    id: 'a',
    cluster: 'dev',
    namespace: 'shop',
    kind: 'Pod',
    name: 'api',
    ports: [],
    address: '127.0.0.1',
    autostart: false,
    stats: {
      state: 'listening',
      reason: null,
      ports: [],
      pod: null,
      bytesIn,
      bytesOut: 0,
      openConnections: 0,
      totalConnections: 0,
      failedConnections: 0,
      latency: null,
      errors: [],
      connections: [],
    },
  });
  const after = (steps: readonly [number, number][]) =>
    steps.reduce<Traffic>((traffic, [at, bytes]) => withSamples(traffic, [forward(bytes)], at), new Map()).get('a') ?? [];

  it('is what came between two looks, a second, where it came', () => {
    const samples = after([
      [0, 0],
      [1_000, 60_000],
      [60_000, 60_000],
    ]);
    expect(ratesOf(samples, 60_000, 6)).toEqual([6_000, 0, 0, 0, 0, 0]);
  });

  it('forgets what is long past, and counts a counter that began anew', () => {
    expect(after([[0, 1], [10_000, 2], [100_000, 3], [170_000, 4]])).toEqual([{ at: 100_000, bytes: 3 }, { at: 170_000, bytes: 4 }]); // biome-ignore format: pairs
    expect(ratesOf(after([[0, 900], [59_000, 120]]), 60_000, 1)).toEqual([2]); // biome-ignore format: pairs
  });
});
