import { refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { testView } from '../../testing/index.ts';

const cluster = `
kind: Namespace
metadata: {name: shop}
---
kind: Namespace
metadata: {name: data}
---
kind: Service
metadata: {name: redis}
spec: {clusterIP: 10.96.7.7, selector: {app: redis}, ports: [{port: 6379}]}
---
kind: Service
metadata: {name: order-db, namespace: data}
spec: {selector: {app: order-db}, ports: [{port: 5432}]}
---
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

interface PodParts {
  env?: Record<string, string>;
  command?: string[];
  extra?: string;
}

/** What a pod with this environment and command calls, as `namespace/name:port`. */
function callsOf({ env = {}, command = ['sleep'], extra = '' }: PodParts): string[] {
  const container = { name: 'app', env: Object.entries(env).map(([name, value]) => ({ name, value })), command };
  const pod = `
kind: Pod
metadata: {name: caller, labels: {app: web}}
spec: {containers: [${JSON.stringify(container)}], volumes: [{name: c, configMap: {name: conf}}]}
`;
  const { view } = testView([cluster, pod, extra].filter(Boolean).join('\n---\n'));
  const calls = view.outgoing(refTo('Pod', 'shop', 'caller'), 'calls');
  return [...new Set(calls.map((call) => `${call.to.namespace}/${call.to.name}:${call.detail.port ?? ''}`))];
}

describe('calls', () => {
  it.each([
    ['a URL', { env: { A: 'redis://user:secret@redis/0' } }, ['shop/redis:6379']],
    ['a URL with a port to nothing', { env: { A: 'http://pay:9000/v1' } }, ['shop/pay:9000']],
    ['a JDBC URL in another namespace', { env: { A: 'jdbc:postgresql://order-db.data:5433/x' } }, ['data/order-db:5433']],
    ['the full name', { env: { A: 'order-db.data.svc.cluster.local.:5432' } }, ['data/order-db:5432']],
    ['the full name without a port, to nothing', { env: { A: 'gone.data.svc' } }, ['data/gone:']],
    ['a pod of a headless Service', { env: { A: 'order-db-0.order-db.data.svc.cluster.local:5432' } }, ['data/order-db:5432']],
    ['a list', { env: { BROKERS: 'k-0.redis:9092,kafka:9093' } }, ['shop/redis:9092', 'shop/kafka:9093']],
    ['a cluster IP', { env: { A: '10.96.7.7:6379' } }, ['shop/redis:6379']],
    ['a word under a name that asks for a host', { env: { CACHE_HOST: 'redis' } }, ['shop/redis:']],
    ['host and port side by side, to nothing', { env: { DB_HOST: 'pg', DB_PORT: '5432' } }, ['shop/pg:5432']],
    ['an address put together', { env: { H: 'redis', P: '6379', A: 'redis://$(H):$(P)' } }, ['shop/redis:6379']],
    ['the variable of a Service', { env: { A: '$(REDIS_SERVICE_HOST)' } }, ['shop/redis:6379']],
    ['the variable of no Service', { env: { A: '$(ORDER_DB_SERVICE_HOST)' } }, ['shop/order-db:']],
    ['a variable in a script', { command: ['sh', '-c', 'wget http://$REDIS_SERVICE_HOST:8080/'] }, ['shop/redis:8080', 'shop/redis:6379']],
    ['a variable that code reads', { command: ['python', '-c', 'os.environ["REDIS_SERVICE_HOST"]'] }, ['shop/redis:6379']],
    ['a waiting loop', { command: ['sh', '-c', 'until nc -z -w 2 registry 8081 </dev/null; do sleep 1; done'] }, ['shop/registry:8081']],
    ['nslookup', { command: ['sh', '-c', 'nslookup mydb; echo ok'] }, ['shop/mydb:']],
    ['a tuple in code', { command: ['python', '-c', 'connect(("redis", 6379))'] }, ['shop/redis:6379']],
    ['an option', { command: ['redis-cli', '-h', 'redis', 'ping'] }, ['shop/redis:']],
    ['a mounted file', { extra: 'kind: ConfigMap\nmetadata: {name: conf}\ndata: {nginx.conf: "proxy_pass http://billing:8080;"}' }, ['shop/billing:8080']],
  ])('sees %s', (_, parts, expected) => {
    expect(callsOf(parts)).toEqual(expected);
  });

  it.each([
    ['words that are no hosts', { env: { MODE: 'redis', LEVEL: 'info', NAME: 'gone', DB_HOST: 'gone' } }],
    ['the world outside', { env: { A: 'https://api.example.com:8443/x', B: 'db.example.com:5432', C: 'smtp.mail:25' } }],
    ['itself', { env: { SELF: 'http://web:80' } }],
    [
      'image tags, times and settings',
      { env: { A: 'nginx:1.25', B: 'postgres:16', C: '12:30:00', D: 'port:8080', E: 'repo/redis:6379', F: 'localhost:8080' } },
    ],
    ['a variable with a default', { command: ['sh', '-c', `echo \${PAY_SERVICE_HOST:-127.0.0.1}`] }],
    ['a variable that the container sets itself', { env: { PAY_SERVICE_HOST: 'pay.example.com', A: '$(PAY_SERVICE_HOST)' } }],
    ['paths and arguments', { command: ['sh', '-c', 'mkdir -p /tmp/redis && exec httpd -f -p 8080 -h /tmp/redis'] }],
  ])('takes %s for no call', (_, parts) => {
    expect(callsOf(parts)).toEqual([]);
  });

  it('says which ConfigMap a host stands in', () => {
    const { view } = testView(`${cluster}
---
kind: ConfigMap
metadata: {name: env}
data: {CACHE_URL: 'redis://redis:6380'}
---
kind: Pod
metadata: {name: caller}
spec: {containers: [{name: app, envFrom: [{configMapRef: {name: env}}]}]}
`);
    const [call] = view.outgoing(refTo('Pod', 'shop', 'caller'), 'calls');
    expect(call).toMatchObject({
      path: 'data["CACHE_URL"]',
      detail: { port: 6380, container: 'app', key: 'CACHE_URL', holder: refTo('ConfigMap', 'shop', 'env') },
    });
  });
});
