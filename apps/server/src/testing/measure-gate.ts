import { requestInfo } from '@quarterdeck/cluster';
import { type AccessPolicy, seesAll } from '@quarterdeck/contract';
import { ClusterRegistry } from '../clusters/cluster-registry.ts';
import { localAgent, localPerson } from '../gate/actors.ts';
import { decide } from '../gate/decide.ts';
import { protectionOf } from '../gate/protection.ts';
import { realRequest } from '../gate/real-request.ts';
import { ClusterDoor } from '../policy/seen-clusters.ts';
import { listResources } from '../resources/list-resources.ts';
import { MemoryCluster, testPod } from './memory-cluster.ts';

/** What the gate and access policies cost, as one line of JSON: run by `npm run bench -- gate`. */
const [pods = 30_000, rounds = 60] = process.argv.slice(2).map(Number);
const protection = protectionOf({});
const cluster = { readOnly: false, production: false };

/** Microseconds of one decision, from the request as it is sent to the answer. */
function decisions(): number[] {
  const requests: [string, string, unknown][] = [
    ['GET', '/api/v1/namespaces/shop/pods/web/log?container=app&tailLines=500', undefined],
    ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/web', { spec: { template: { spec: { containers: [{ name: 'app', image: 'web:2' }] } } } }],
    ['DELETE', '/api/v1/namespaces/kube-system/pods/dns?gracePeriodSeconds=0', { gracePeriodSeconds: 0 }],
    ['GET', '/api/v1/namespaces/shop/pods/web/exec?command=sh&stdin=true', undefined],
    ['POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { roleRef: { name: 'cluster-admin' } }],
  ];
  return Array.from({ length: 100_000 }, (_, index) => {
    const [method, target, body] = requests[index % requests.length] ?? ['GET', '/', undefined];
    const before = process.hrtime.bigint();
    const judged = { info: requestInfo(method, target), query: new URLSearchParams(target.split('?')[1] ?? ''), body };
    decide(index % 2 === 0 ? localPerson : localAgent, { request: realRequest(judged, protection), cluster });
    return Number(process.hrtime.bigint() - before) / 1_000;
  });
}

/** Milliseconds of one list of a window over all pods, for each who asks, one after the other so that nothing favours one of them. */
async function lists(): Promise<Record<'raw' | 'whole' | 'restricted', number[]>> {
  const memory = new MemoryCluster();
  for (let pod = 0; pod < pods; pod += 1) memory.apply(testPod(`web-${pod}`, `ns-${pod % 100}`));
  const registry = new ClusterRegistry({ sources: [memory.source], current: memory.id }, () => undefined);
  const door = new ClusterDoor({ registry, typed: { of: () => [], change: async () => undefined }, authorize: () => null, protection });
  const seen = (policy: AccessPolicy) => door.seenBy({ actor: { ...localPerson, policy } }).get(undefined);
  const half = Array.from({ length: 50 }, (_, index) => `ns-${index}`);
  const asked = { raw: registry.get(undefined), whole: seen(seesAll), restricted: seen({ namespaces: half, kinds: ['Pod'] }) };
  const { signal } = new AbortController();
  const query = { kind: 'Pod', namespaces: [], labels: [], filter: 'web', sort: 'name', offset: 0, limit: 200 };
  // Somebody has the table open, as somebody always has.
  const held = await asked.raw.openRows(await asked.raw.kind('Pod', signal), []);
  await listResources(asked.raw, query, signal);
  const times = { raw: [], whole: [], restricted: [] } satisfies Record<string, number[]>;
  const measured: Record<'raw' | 'whole' | 'restricted', number[]> = times;
  for (let round = 0; round < rounds; round += 1) {
    for (const [who, runtime] of [
      ['raw', asked.raw],
      ['whole', asked.whole],
      ['restricted', asked.restricted],
    ] as const) {
      const before = performance.now();
      await listResources(runtime, query, signal);
      measured[who].push(performance.now() - before);
    }
  }
  held.release();
  await registry.close();
  return measured;
}

decisions();
process.stdout.write(`${JSON.stringify({ decisions: decisions(), lists: await lists() })}\n`);
