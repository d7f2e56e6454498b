import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type ClusterAccess, listAll, loadKubeconfig, openCluster, systemKubeconfigSources } from '@quarterdeck/cluster';
import { type KubeObject, routes, toAppError } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { localPerson } from '../gate/actors.ts';
import type { Actor } from '../gate/decide.ts';
import { tools } from '../mcp/tools.ts';
import { everybody, type LeakHunt, openLeakHunt } from '../testing/leak-hunt.ts';
import { Sight } from './sight.ts';

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const homes = { north: `policy-north-${process.pid}`, south: `policy-south-${process.pid}` };
const namespacedKinds = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'Service',
  'EndpointSlice',
  'ConfigMap',
  'Secret',
  'Event',
  'PersistentVolumeClaim',
  'ServiceAccount',
];
const member = (team: keyof typeof homes, kinds: string[]): Actor => ({ ...localPerson, id: team, policy: { namespaces: [homes[team]], kinds } });
const actors: Record<string, Actor> = {
  north: member('north', namespacedKinds),
  south: member('south', namespacedKinds),
  'north, few kinds': { ...member('north', ['Pod', 'Deployment', 'Event']), id: 'few' },
};
const reading = Object.values(routes).filter(({ effect }) => effect === 'read');

/** Everything in the cluster, as it is now. */
let objects: KubeObject[] = [];
let access: ClusterAccess;
let hunt: LeakHunt;

const kubectl = (args: string[], input = '') => {
  const child = promisify(execFile)('kubectl', ['--kubeconfig', kubeconfig, ...args]);
  child.child.stdin?.end(input);
  return child;
};

/** Each team's program calls the other's Service, which leads nowhere; a pod waits for a volume of a class that there is not. */
function faultsOf(team: keyof typeof homes): object[] {
  const [namespace, peer] = [homes[team], homes[team === 'north' ? 'south' : 'north']];
  const busybox = { name: 'app', image: 'docker.io/local/busybox:1', imagePullPolicy: 'Never' };
  const call = `http://backend-${team === 'north' ? 'south' : 'north'}.${peer}.svc:8080`;
  const command = ['sh', '-c', `while true; do wget -T 2 -O- ${call} || echo "ERROR cannot reach ${call}: connection refused"; sleep 2; done`];
  const deployment = (name: string, container: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: [container] } } },
  });
  const backend = `backend-${team}`;
  const spec = { selector: { app: backend }, ports: [{ port: 8080 }] };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: `data-${team}` } }];
  return [
    deployment(`caller-${team}`, {
      ...busybox,
      command,
      env: [{ name: 'BACKEND', value: call }],
      readinessProbe: { exec: { command: ['false'] }, periodSeconds: 2 },
    }),
    deployment(backend, { ...busybox, image: `registry.invalid/${namespace}:1`, imagePullPolicy: 'IfNotPresent' }),
    { apiVersion: 'v1', kind: 'Service', metadata: { name: backend, namespace }, spec },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: `login-${team}`, namespace }, stringData: { user: `${namespace}-user` } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: `data-${team}`, namespace },
      spec: { storageClassName: `class-${namespace}`, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `waits-${team}`, namespace },
      spec: { containers: [{ ...busybox, command: ['sleep', '3600'], volumeMounts: [{ name: 'data', mountPath: '/data' }] }], volumes },
    },
  ];
}

async function lookAround(): Promise<void> {
  const signal = AbortSignal.timeout(60_000);
  const found: KubeObject[] = [];
  for (const kind of await access.kinds(signal)) {
    const { items } = await listAll(access, kind, { signal }).catch((thrown: unknown) => {
      if (toAppError(thrown).code === 'TIMEOUT') throw thrown;
      return { items: [] }; // What can't be listed can't be told either.
    });
    found.push(...items);
  }
  objects = found;
}

/** Uids and telling names of what is hidden, but for those that a visible object says itself. */
function hiddenFrom({ policy }: Pick<Actor, 'policy'>): string[] {
  const sight = new Sight(policy);
  const said = JSON.stringify(objects.filter((object) => sight.seesObject(object)));
  const hidden = objects.filter((object) => !sight.seesObject(object));
  const words = hidden.flatMap(({ metadata }) => [metadata.uid ?? '', ...(isTelling(metadata.name) ? [metadata.name] : [])]);
  return [...new Set(words)].filter((word) => word !== '' && !said.includes(word));
}

/** `default` says nothing; a name with digits, or of one of the teams, does. */
function isTelling(name: string): boolean {
  return (name.length > 9 && /\d/.test(name)) || /-(north|south)\b/.test(name);
}

describe('two teams on a real cluster, whose programs call each other', () => {
  beforeAll(async () => {
    for (const namespace of Object.values(homes)) await kubectl(['create', 'namespace', namespace]);
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...faultsOf('north'), ...faultsOf('south')] }));
    const { contexts, currentContext } = await loadKubeconfig({ ...systemKubeconfigSources(), file: kubeconfig });
    const context = contexts.find(({ id }) => id === currentContext);
    if (context === undefined) throw new Error('QD_TEST_KUBECONFIG has no usable current context.');
    access = await openCluster(context);
    const source = { id: 'sandbox', name: 'sandbox', server: null, recordedAt: null, namespace: 'default', open: () => openCluster(context) };
    hunt = await openLeakHunt({ source, hunted: { cluster: 'sandbox', objects: () => objects, hiddenFrom }, actors, rounds: 2 });
    await vi.waitFor(async () => expect((await issuesOf('everybody')).length).toBeGreaterThan(3), { timeout: 120_000, interval: 2_000 });
    await lookAround();
  }, 240_000);

  afterAll(async () => {
    const { calls, answered, toolCalls, frames } = hunt.counts;
    console.info(`${calls} calls of ${reading.length} routes that read (${answered} answered 200), ${toolCalls} calls of tools, ${frames} live frames`);
    await hunt.close();
    await access.close();
    await kubectl(['delete', 'namespace', ...Object.values(homes), '--wait=false']);
  }, 60_000);

  async function issuesOf(name: string): Promise<{ kind: string; namespace: string | null; explanation: string }[]> {
    const { body } = await hunt.call(name, routes.listIssues, {});
    return routes.listIssues.output.parse(JSON.parse(body));
  }

  it.each(Object.keys(actors))('%s: issues are of the own namespace, with causes that are hidden told as hidden', { timeout: 120_000 }, async (name) => {
    const patient = { timeout: 90_000, interval: 2_000 };
    await vi.waitFor(async () => expect((await issuesOf(name)).length).toBeGreaterThan(0), patient);
    expect(new Set((await issuesOf(name)).map(({ namespace }) => namespace))).toEqual(new Set(actors[name]?.policy.namespaces));
    if (name !== 'north, few kinds') return;
    const hidden = expect.objectContaining({ kind: 'Pod', explanation: expect.stringContaining('The cause is something you may not see.') });
    await vi.waitFor(async () => expect(await issuesOf(name)).toContainEqual(hidden), patient);
  });

  describe.each(Object.keys(actors))('%s', (name) => {
    it('learns nothing hidden from any route that reads', { timeout: 300_000 }, async () => {
      for (const [index, route] of reading.entries()) {
        if (index % 15 === 0) await lookAround();
        const found = await hunt.route(name, route);
        // Something new may have been told since we looked around.
        if (found.length > 0) await lookAround();
        const still = new Set(hiddenFrom(actors[name] ?? everybody));
        expect(
          found.filter((leak) =>
            leak
              .slice(0, leak.indexOf(': '))
              .split(' ')
              .some((word) => still.has(word)),
          ),
          route.id,
        ).toEqual([]);
      }
    });

    it('learns nothing hidden from tools', { timeout: 120_000 }, async () => {
      for (const tool of tools) expect(await hunt.tool(name, tool)).toEqual([]);
    });

    it('learns nothing hidden from live frames, while both change', { timeout: 120_000 }, async () => {
      await lookAround();
      const scale = (replicas: number) =>
        Promise.all(Object.entries(homes).map(([team, home]) => kubectl(['-n', home, 'scale', `deployment/caller-${team}`, `--replicas=${replicas}`])));
      const stir = async () => {
        await scale(2);
        await new Promise((resolve) => setTimeout(resolve, 8_000));
        await scale(1);
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      };
      const found = await hunt.live(name, stir);
      await lookAround();
      const still = new Set(hiddenFrom(actors[name] ?? everybody));
      expect(
        found.filter((leak) =>
          leak
            .slice(0, leak.indexOf(': '))
            .split(' ')
            .some((word) => still.has(word)),
        ),
      ).toEqual([]);
    });
  });
});
