import { describe, expect, it } from 'vitest';
import { seenIn } from '../testing/expectations.ts';
import { crashLoopStatus, workloadYaml } from '../testing/workload-yaml.ts';

const redis = `
kind: Service
metadata: {name: redis}
spec: {clusterIP: 10.96.0.7, selector: {app: redis}, ports: [{port: 6379}]}
---
${workloadYaml({ name: 'redis', container: 'image: x:1\nports: [{containerPort: 6379}]' })}
kind: Namespace
metadata: {name: shop}
---
`;
const crashing = (container: string, podSpec = '') =>
  redis + workloadYaml({ name: 'web', container: `image: x:1\n${container}`, podSpec, status: crashLoopStatus(1) });
const said = (line: string) => ({ evidence: { logs: { 'web-5f4d-x1/app (previous)': [line, line, line] } } });
const refused = 'Error: connect ECONNREFUSED 127.0.0.1:6379';

describe('a pod that calls itself', () => {
  it.each([
    ['a variable', 'env: [{name: REDIS_URL, value: "redis://localhost:6379/0"}]', 'redis://redis:6379/0'],
    ['host and port apart', 'env: [{name: CACHE_HOST, value: localhost}, {name: CACHE_PORT, value: "6379"}]', '"value":"redis"'],
    ['arguments', 'args: [serve, --redis, "127.0.0.1:6379"]', '"value":"redis:6379"'],
  ])('is named for %s, and sent to the Service that offers the port', async (_what, container, command) => {
    const { named, commands, sentences } = await seenIn(crashing(container), said(refused));
    expect(named).toEqual(['calls-its-own-pod Deployment/web']);
    expect(sentences[0]).toContain('Service redis offers port 6379');
    expect(commands[0]).toContain(command);
  });

  it('is named in the ConfigMap that says so', async () => {
    const config = 'kind: ConfigMap\nmetadata: {name: settings}\ndata: {app.properties: "cache.host=localhost\\ncache.port=6379"}\n---\n';
    const mounted = crashing('volumeMounts: [{name: c, mountPath: /etc/app}]', 'volumes: [{name: c, configMap: {name: settings}}]');
    expect((await seenIn(config + mounted, said(refused))).named).toEqual(['calls-its-own-pod ConfigMap/settings']);
  });

  it('is told what the container beside it listens on', async () => {
    const sidecar = 'initContainers: [{name: cache, image: "x:1", restartPolicy: Always, ports: [{containerPort: 6380}]}]';
    const { sentences } = await seenIn(crashing('env: [{name: REDIS_URL, value: "redis://localhost:6379"}]', sidecar), said(refused));
    expect(sentences[0]).toContain('Beside it there is container cache on 6380.');
  });

  it.each([
    ['declares the port', 'ports: [{containerPort: 6379}]'],
    ['is told of it', 'args: ["--listen=:6379"]'],
  ])('is another matter where a container of the pod %s', async (_what, more) => {
    const sidecar = `initContainers: [{name: cache, image: "x:1", restartPolicy: Always, ${more}}]`;
    const beside = crashing('env: [{name: REDIS_URL, value: "redis://localhost:6379"}]', sidecar);
    expect((await seenIn(beside, said(refused))).named.join()).not.toContain('own-pod');
  });
});

describe('a variable that is set twice', () => {
  it('is named where the second value leads to nothing', async () => {
    const { named, commands, sentences } = await seenIn(
      crashing('env: [{name: REDIS_HOST, value: redis}, {name: MODE, value: x}, {name: REDIS_HOST, value: redis-legacy}]'),
      said('redis.exceptions.ConnectionError: Error -2 connecting to redis-legacy:6379. Name or service not known.'),
    );
    expect(named).toEqual(['called-service-missing Deployment/web']);
    expect(sentences[0]).toContain('REDIS_HOST is set twice');
    expect(commands[0]).toContain('{"op":"remove","path":"/spec/template/spec/containers/0/env/2"}');
  });
});

describe('a Service of another namespace', () => {
  const elsewhere =
    'kind: Service\nmetadata: {name: ledger, namespace: data}\nspec: {selector: {app: ledger}, ports: [{port: 80}]}\n---\nkind: Namespace\nmetadata: {name: data}\n---\n';
  it.each([
    ['http://ledger/v1', 'ledger', 'http://ledger.data/v1'],
    ['http://ledger.shop.svc.cluster.local/v1', 'ledger.shop.svc.cluster.local', 'http://ledger.data.svc.cluster.local/v1'],
  ])('is called where it is instead of %s', async (url, host, right) => {
    const { named, commands } = await seenIn(elsewhere + crashing(`env: [{name: LEDGER_URL, value: "${url}"}]`), said(`wget: bad address '${host}'`));
    expect(named).toEqual(['called-service-missing Deployment/web']);
    expect(commands[0]).toContain(right);
  });
});

it('leads no stage of an application to another', async () => {
  const production =
    'kind: Service\nmetadata: {name: ledger, namespace: shop-prod}\nspec: {selector: {app: ledger}, ports: [{port: 80}]}\n---\nkind: Namespace\nmetadata: {name: shop-prod}\n---\n';
  const { named, commands } = await seenIn(production + crashing('env: [{name: LEDGER_URL, value: "http://ledger/v1"}]'), said("wget: bad address 'ledger'"));
  expect(named).toEqual(['called-service-missing Deployment/web']);
  expect(commands.join()).not.toContain('patch');
});

it('names the file that names the host, however it is written there', async () => {
  const config = 'kind: ConfigMap\nmetadata: {name: settings}\ndata: {app.ini: "[db]\\nhost = rediss\\nport = 6379"}\n---\n';
  const mounted = crashing('volumeMounts: [{name: c, mountPath: /etc/app}]', 'volumes: [{name: c, configMap: {name: settings}}]');
  const { named, commands } = await seenIn(config + mounted, said("socket.gaierror: [Errno -2] Name or service not known: 'rediss'"));
  expect(named).toEqual(['called-service-missing ConfigMap/settings']);
  expect(commands[0]).toContain('host = redis\\nport');
});

describe('a scheme that the port does not serve', () => {
  const served = (scheme: string) => `
kind: Service
metadata: {name: vault}
spec: {clusterIP: 10.96.0.5, selector: {app: vault}, ports: [{port: 8200, targetPort: 8200}]}
---
${workloadYaml({ name: 'vault', container: `image: v:1\nports: [{containerPort: 8200}]\nreadinessProbe: {httpGet: {path: /, port: 8200, scheme: ${scheme}}}` })}`;
  const tls = 'Get "https://vault:8200/v1/x": http: server gave HTTP response to HTTPS client';
  const calling = (url: string) => crashing(`env: [{name: VAULT_ADDR, value: "${url}"}]`);

  it('is named at the caller and replaced', async () => {
    const { named, commands, sentences } = await seenIn(served('HTTP') + calling('https://vault:8200'), said(tls));
    expect(named).toEqual(['called-scheme-wrong Deployment/web']);
    expect(sentences[0]).toContain('as the probes of its pods prove');
    expect(commands[0]).toContain('"value":"http://vault:8200"');
    const plain = await seenIn(
      served('HTTPS') + calling('http://vault:8200'),
      said('GET http://vault:8200/: 400 Client sent an HTTP request to an HTTPS server.'),
    );
    expect(plain.commands[0]).toContain('"value":"https://vault:8200"');
  });

  it('is found by the name that the configuration has, where the log has the address', async () => {
    const config = `kind: ConfigMap\nmetadata: {name: proxy}\ndata: {proxy.conf: "location / { proxy_pass https://vault.shop:8200/; }"}\n---\n`;
    const proxy = crashing('volumeMounts: [{name: c, mountPath: /etc/proxy}]', 'volumes: [{name: c, configMap: {name: proxy}}]');
    const line =
      '[error] 7#7: *88 SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream, client: 10.0.0.9, request: "GET / HTTP/1.1", upstream: "https://10.96.0.5:8200/"';
    const { named, sentences } = await seenIn(served('HTTP') + config + proxy, said(line));
    expect(named).toEqual(['called-scheme-wrong ConfigMap/proxy']);
    expect(sentences[0]).toContain('calls vault.shop:8200 with https');
  });

  it('is not believed against the probes', async () => {
    expect((await seenIn(served('HTTPS') + calling('https://vault:8200'), said(tls))).named.join()).not.toContain('scheme');
  });
});

describe('a port that stands beside the host', () => {
  const wrong = said('Error: connect to host redis port 6380 failed: Connection timed out');
  const file = (text: string) => `kind: ConfigMap\nmetadata: {name: settings}\ndata: {app.properties: "${text}"}\n---\n`;
  const mounted = crashing('volumeMounts: [{name: c, mountPath: /etc/app}]', 'volumes: [{name: c, configMap: {name: settings}}]');

  it('is told with the broken pod of a StatefulSet, which is not replaced while it is broken', async () => {
    const set = (policy: string) =>
      crashing('env: [{name: CACHE_HOST, value: redis}, {name: CACHE_PORT, value: "6380"}]')
        .replace('kind: ReplicaSet, name: web-5f4d', 'kind: StatefulSet, name: web')
        .replace(/kind: Deployment(?=\nmetadata: \{name: web)/, 'kind: StatefulSet')
        .replace(/(name: web, generation: 1\}\nspec:)/, `$1\n  podManagementPolicy: ${policy}`);
    const ordered = await seenIn(set('OrderedReady'), wrong);
    expect(ordered.commands[0]).toContain('patch statefulset web');
    expect(ordered.fallbacks[0]).toContain('kubectl delete pod web-5f4d-x1 -n shop');
    expect((await seenIn(set('Parallel'), wrong)).fallbacks[0]).not.toContain('delete pod');
  });

  it('is corrected in the file that a ConfigMap holds, where it belongs to the host', async () => {
    const { named, commands } = await seenIn(file('http.port=8080\\ncache.host=redis\\ncache.port=6380\\n') + mounted, wrong);
    expect(named).toEqual(['called-port-missing ConfigMap/settings']);
    expect(commands[0]).toContain('cache.host=redis\\ncache.port=6379');
    const other = await seenIn(file('cache.host=redis\\nmetrics.port=6380\\n') + mounted, wrong);
    expect(other.named).toEqual(['called-port-missing Deployment/web']);
  });

  it.each([
    [
      'a variable',
      'env: [{name: CACHE_HOST, value: redis}, {name: CACHE_PORT, value: "6380"}]',
      '"path":"/spec/template/spec/containers/0/env/1/value","value":"6379"',
    ],
    ['a ConfigMap', 'envFrom: [{configMapRef: {name: settings}}]', '"path":"/data/CACHE_PORT","value":"6379"'],
  ])('is corrected there, in %s', async (_what, container, command) => {
    const config = 'kind: ConfigMap\nmetadata: {name: settings}\ndata: {CACHE_HOST: redis, CACHE_PORT: "6380"}\n---\n';
    const { named, commands } = await seenIn(config + crashing(container), wrong);
    expect(named.join()).toContain('called-port-missing');
    expect(commands[0]).toContain(command);
  });
});

describe('a headless Service', () => {
  const headless = `
kind: Service
metadata: {name: search}
spec: {clusterIP: None, selector: {app: search}, ports: [{port: 80, targetPort: 9200}]}
---
${workloadYaml({ name: 'search', container: 'image: s:1\nports: [{containerPort: 9200}]' })}`;
  const refusedAt = (port: string) => said(`Error: connect to host search port ${port} failed: Connection refused`);

  it('translates no port, so its callers use that of the pods', async () => {
    const { named, commands, sentences } = await seenIn(headless + crashing('env: [{name: SEARCH_URL, value: "http://search/_health"}]'), refusedAt('80'));
    expect(named).toEqual(['called-port-missing Deployment/web']);
    expect(sentences[0]).toContain('no port is translated');
    expect(commands[0]).toContain('http://search:9200/_health');
  });

  it('is no matter where the port of the pods is called', async () => {
    expect((await seenIn(headless + crashing('env: [{name: SEARCH_URL, value: "http://search:9200"}]'), refusedAt('9200'))).named.join()).not.toContain(
      'called-port',
    );
  });
});

describe('a database that the server does not have', () => {
  const server = workloadYaml({ name: 'pg', container: 'image: x:1\nenv: [{name: POSTGRES_DB, value: orders}]' });
  const line = 'PG::ConnectionBad: connection to server at "pg", port 5432 failed: FATAL:  database "ordrs" does not exist';

  it.each([
    ['a ConfigMap', 'envFrom: [{configMapRef: {name: settings}}]', 'named-database-missing ConfigMap/settings', '"path":"/data/DB_NAME","value":"orders"'],
    [
      'an address',
      'env: [{name: DATABASE_URL, value: "postgresql://pg:5432/ordrs?sslmode=off"}]',
      'named-database-missing Deployment/web',
      '5432/orders?sslmode',
    ],
  ])('is named where it is asked for, in %s', async (_what, container, cause, command) => {
    const config = 'kind: ConfigMap\nmetadata: {name: settings}\ndata: {DB_NAME: ordrs}\n---\n';
    const { named, commands, sentences } = await seenIn(config + server + crashing(container), said(line));
    expect(named).toEqual([cause]);
    expect(sentences[0]).toContain('made with database orders');
    expect(commands[0]).toContain(command);
  });

  it('is not looked for where two settings could be meant, nor for a table', async () => {
    const two = crashing('env: [{name: QUEUE, value: ordrs}, {name: DB_NAME, value: ordrs}]');
    expect((await seenIn(server + two, said(line))).named).toEqual(['schema-missing Deployment/web']);
    const table = crashing('env: [{name: QUEUE, value: ordrs}]');
    expect((await seenIn(server + table, said('ERROR: relation "ordrs" does not exist'))).named).toEqual(['schema-missing Deployment/web']);
  });
});

describe('writes that a replica refuses', () => {
  const store = (role: string) =>
    workloadYaml({ name: `redis-${role}`, container: 'image: x:1' }).replaceAll(/labels: \{app: redis-\w+/g, `labels: {app: store, role: ${role}`);
  const service = (role: string) => `kind: Service\nmetadata: {name: store}\nspec: {selector: {app: store, role: ${role}}, ports: [{port: 6379}]}\n---\n`;
  const writing = crashing('env: [{name: STORE_URL, value: "redis://store:6379"}]');
  const line = "redis.exceptions.ReadOnlyError: READONLY You can't write against a read only replica.";

  it('are told of the Service that selects it, where other pods of the program carry another label', async () => {
    const { named, sentences, commands } = await seenIn(store('primary') + store('replica') + service('replica') + writing, said(line));
    expect(named).toEqual(['service-reaches-replica Service/store']);
    expect(sentences[0]).toContain('role=primary');
    expect(commands[0]).toContain('{"spec":{"selector":{"role":"primary"}}}');
  });

  it('are left to a person, where two kinds of such pods are ready', async () => {
    const two = store('primary') + store('backup') + store('replica') + service('replica') + writing;
    const { named, commands } = await seenIn(two, said(line));
    expect(named).toEqual(['service-reaches-replica Service/store']);
    expect(commands.filter((command) => command.includes('patch'))).toEqual([]);
  });

  it('are not, where there are no such pods', async () => {
    expect((await seenIn(store('replica') + service('replica') + writing, said(line))).named.join()).not.toContain('Service/store');
  });
});
