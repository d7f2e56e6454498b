import { describe, expect, it } from 'vitest';
import type { LogClaim } from './log-fact.ts';
import { readLog } from './read-log.ts';

function claims(text: string): LogClaim[] {
  return readLog(text.split('\n').map((line) => ({ at: null, text: line }))).facts.map((fact) => fact.claim);
}

describe('readLog: whom a program called in vain', () => {
  it.each<[string, string, string | null, number | null]>([
    ['FATAL could not connect to orders-db:5432 - [Errno -3] Temporary failure in name resolution', 'host-not-found', 'orders-db', 5432],
    ['INFO connecting to orders-db:5432\nConnectionRefusedError: [Errno 111] Connection refused', 'refused', 'orders-db', 5432],
    ['FATAL session store 10.96.146.224:6379 unreachable: [Errno 111] Connection refused', 'refused', '10.96.146.224', 6379],
    ["nc: bad address 'schema-registry'", 'host-not-found', 'schema-registry', null],
    ["wget: can't connect to remote host (10.96.83.178): Connection refused", 'refused', '10.96.83.178', null],
    ['Error: connect ECONNREFUSED 10.0.0.7:6379', 'refused', '10.0.0.7', 6379],
    ['Error: getaddrinfo ENOTFOUND cart.shop.svc.cluster.local', 'host-not-found', 'cart.shop.svc.cluster.local', null],
    ['dial tcp: lookup payments on 10.96.0.10:53: no such host', 'host-not-found', 'payments', null],
    ['dial tcp 10.96.3.4:5432: connect: connection refused', 'refused', '10.96.3.4', 5432],
    ['psql: error: connection to server at "db" (10.96.0.4), port 5432 failed: Connection refused', 'refused', 'db', 5432],
    ['psql: error: could not translate host name "pg-main" to address: Name or service not known', 'host-not-found', 'pg-main', null],
    ["ERROR 2005 (HY000): Unknown MySQL server host 'mysql' (-2)", 'host-not-found', 'mysql', null],
    ["(2003, \"Can't connect to MySQL server on 'mysql:3306' ([Errno 111] Connection refused)\")", 'refused', 'mysql', 3306],
    ['curl: (6) Could not resolve host: catalog', 'host-not-found', 'catalog', null],
    ['curl: (7) Failed to connect to catalog port 8080 after 2 ms: Connection refused', 'refused', 'catalog', 8080],
    ["wget: bad address 'catalog:8080'", 'host-not-found', 'catalog', 8080],
    ["requests.exceptions.ConnectionError: HTTPConnectionPool(host='auth', port=8000): Max retries exceeded (Connection refused)", 'refused', 'auth', 8000],
    ['Caused by: java.net.UnknownHostException: kafka-0.kafka', 'host-not-found', 'kafka-0.kafka', null],
    ['Caused by: ConnectTimeoutException: connection timed out after 2000 ms: cart-db/10.96.3.9:6380', 'timeout', 'cart-db', 6380],
    ['java.net.ConnectException: Connection refused: ledger.data.svc/<unresolved>:9042', 'refused', 'ledger.data.svc', 9042],
    ['[error] <0.213.0> epmd error for host mq-1.mq-nodes.shop.svc: nxdomain (non-existing domain)', 'host-not-found', 'mq-1.mq-nodes.shop.svc', null],
    ['[error] host not found: nxdomain', 'host-not-found', null, null],
    ['Get "http://search:9200/_cluster": context deadline exceeded', 'timeout', 'search', 9200],
    ['ERROR GET http://cart:8080/items -> 503', 'server-error', 'cart', 8080],
    ['requests.exceptions.HTTPError: 502 Server Error: Bad Gateway for url: http://rates.fx:9000/today', 'server-error', 'rates.fx', 9000],
    ['ERROR calling http://pricing/api/v1: status code 500', 'server-error', 'pricing', null],
    ['2026/11/21 11:51:55 [emerg] 1#1: host not found in upstream "orders:8080" in /etc/nginx/nginx.conf:12', 'host-not-found', 'orders', 8080],
  ])('%s', (text, reason, host, port) => {
    expect(claims(text)).toContainEqual(expect.objectContaining({ kind: 'connect-failed', reason, host, port }));
  });

  it('does not take a file position or a time of day for a host', () => {
    expect(claims('11:49:16 main.go:42 connection refused')).toEqual([{ kind: 'connect-failed', reason: 'refused', host: null, port: null, file: null }]);
  });

  it('knows what an init container waits for', () => {
    expect(claims('waiting for schema-registry:8081')).toEqual([{ kind: 'waiting-for', host: 'schema-registry', port: 8081 }]);
    expect(claims('Waiting for the service to come up')).toEqual([]);
  });
});

describe('readLog: configuration and environment', () => {
  it.each<[string, LogClaim]>([
    [
      '2026/11/21 11:51:55 [emerg] 1#1: unknown directive "proxy_passs" in /etc/edge/nginx.conf:7',
      { kind: 'config-syntax', file: '/etc/edge/nginx.conf', line: 7, token: 'proxy_passs', detail: 'unknown directive "proxy_passs"' },
    ],
    [
      "*** FATAL CONFIG FILE ERROR (Redis 7.0.15) ***\nReading the configuration file, at line 2\n>>> 'maxmemory-polcy allkeys-lru'\nBad directive or wrong number of arguments",
      { kind: 'config-syntax', file: null, line: 2, token: 'maxmemory-polcy allkeys-lru', detail: 'Bad directive or wrong number of arguments' },
    ],
    ['sh: PAYMENT_REGION: parameter not set', { kind: 'env-missing', name: 'PAYMENT_REGION' }],
    ['/app/start.sh: line 3: DB_HOST: unbound variable', { kind: 'env-missing', name: 'DB_HOST' }],
    ['FATAL: environment variable DATABASE_URL is not set', { kind: 'env-missing', name: 'DATABASE_URL' }],
    ['Error: DATABASE_URL is required', { kind: 'env-missing', name: 'DATABASE_URL' }],
    ['Missing required environment variable: API_TOKEN', { kind: 'env-missing', name: 'API_TOKEN' }],
    ["Could not resolve placeholder 'SPRING_DB' in value", { kind: 'env-missing', name: 'SPRING_DB' }],
    ['sh: gunicorn: not found', { kind: 'command-missing', command: 'gunicorn' }],
    ['panic: required key LEDGER_DSN missing value', { kind: 'env-missing', name: 'LEDGER_DSN' }],
    ['decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.', { kind: 'env-missing', name: 'SECRET_KEY' }],
    [
      'pydantic_core.ValidationError: 1 validation error for Settings\ndatabase_url\n  Field required [type=missing, input_value={}]',
      { kind: 'env-missing', name: 'DATABASE_URL' },
    ],
    ['Missing environment variables:\n    SESSION_KEY: the key that signs cookies', { kind: 'env-missing', name: 'SESSION_KEY' }],
    ['** (System.EnvError) could not fetch environment variable "POOL_SIZE" because it is not set', { kind: 'env-missing', name: 'POOL_SIZE' }],
    ["sh: can't open 'run.sh': No such file or directory", { kind: 'file-missing', path: 'run.sh' }],
    ["python3: can't open file '/srv/wrong/main.py': [Errno 2] No such file or directory", { kind: 'file-missing', path: '/srv/wrong/main.py' }],
    ['"root" execution of the PostgreSQL server is not permitted.', { kind: 'root-refused', program: 'PostgreSQL' }],
    ['java.lang.RuntimeException: can not run elasticsearch as root', { kind: 'root-refused', program: 'elasticsearch' }],
    [
      'Error deserializing key/value for partition orders-3 at offset 4242. If needed, please seek past the record',
      { kind: 'poison-message', topic: 'orders', partition: '3', offset: '4242' },
    ],
    ['connect: cannot assign requested address', { kind: 'exhausted', resource: 'local ports' }],
    ['bind(): Cannot assign requested address (10.9.8.7:8080)', { kind: 'bind-unavailable', address: '10.9.8.7:8080' }],
    ['HikariPool-1 - could not obtain connection from pool (100/100)', { kind: 'exhausted', resource: 'connection pool' }],
    ['F0504 12:00:00.000000 1 leaderelection.go:303] leaderelection lost', { kind: 'lease-lost' }],
    ["ModuleNotFoundError: No module named 'flask'", { kind: 'module-missing', module: 'flask' }],
    ["cat: can't open '/etc/app/app.yaml': No such file or directory", { kind: 'file-missing', path: '/etc/app/app.yaml' }],
    ["FileNotFoundError: [Errno 2] No such file or directory: '/etc/app/app.yaml'", { kind: 'file-missing', path: '/etc/app/app.yaml' }],
    ['open /etc/app/app.yaml: no such file or directory', { kind: 'file-missing', path: '/etc/app/app.yaml' }],
    ["mkdir: can't create directory '/data/x': Permission denied", { kind: 'permission-denied', path: '/data/x' }],
    ['nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', { kind: 'address-in-use', port: 80 }],
    ['ERROR cache auth failed: -WRONGPASS invalid username-password pair or user is disabled.', { kind: 'auth-failed', server: 'redis', user: null }],
    ['FATAL:  password authentication failed for user "shop"', { kind: 'auth-failed', server: 'postgres', user: 'shop' }],
    ['tls: failed to verify certificate: x509: certificate has expired or is not yet valid', { kind: 'tls-verify', reason: 'expired', host: null }],
    [
      'pods is forbidden: User "system:serviceaccount:ops:bot" cannot list resource "pods" in API group "" in the namespace "ops"',
      { kind: 'forbidden', user: 'system:serviceaccount:ops:bot', verb: 'list', resource: 'pods', group: '', namespace: 'ops' },
    ],
    ['java.lang.OutOfMemoryError: Java heap space', { kind: 'out-of-memory', runtime: 'java' }],
    ['INFO Server listening on http://0.0.0.0:8080', { kind: 'listening', port: 8080 }],
    ['Serving HTTP on 0.0.0.0 port 8000 (http://0.0.0.0:8000/) ...', { kind: 'listening', port: 8000 }],
    ['psycopg2.errors.UndefinedTable: relation "orders" does not exist', { kind: 'schema', object: 'orders' }],
  ])('%s', (text, claim) => {
    expect(claims(text)).toContainEqual(claim);
  });

  it('takes a KeyError for a missing variable only where it comes from the environment', () => {
    const trace = (frame: string) => `Traceback (most recent call last):\n  File "app.py", line 3, in <module>\n${frame}KeyError: 'PAYMENT_REGION'`;
    expect(claims(trace('  File "<frozen os>", line 679, in __getitem__\n'))).toEqual([{ kind: 'env-missing', name: 'PAYMENT_REGION' }]);
    expect(claims(trace(''))).toEqual([{ kind: 'exception', type: 'KeyError', message: "'PAYMENT_REGION'", place: 'app.py:3' }]);
  });
});

describe('readLog: exceptions', () => {
  it.each<[string, string, LogClaim]>([
    [
      'Python',
      'Traceback (most recent call last):\n  File "<string>", line 6, in <module>\nZeroDivisionError: division by zero',
      { kind: 'exception', type: 'ZeroDivisionError', message: 'division by zero', place: '<string>:6' },
    ],
    [
      'Node',
      "TypeError: Cannot read properties of undefined (reading 'id')\n    at handle (/app/server.js:12:9)",
      { kind: 'exception', type: 'TypeError', message: "Cannot read properties of undefined (reading 'id')", place: '/app/server.js:12:9' },
    ],
    [
      'Java',
      'Exception in thread "main" java.lang.NullPointerException: total is null\n\tat shop.Cart.sum(Cart.java:31)',
      { kind: 'exception', type: 'java.lang.NullPointerException', message: 'total is null', place: 'Cart.java:31' },
    ],
    [
      'Go',
      'panic: assignment to entry in nil map\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d',
      { kind: 'exception', type: 'panic', message: 'assignment to entry in nil map', place: '/src/main.go:9' },
    ],
    [
      'Node, plain',
      'Error: boom\n    at Object.<anonymous> (/app/index.js:3:7)',
      { kind: 'exception', type: 'Error', message: 'boom', place: '/app/index.js:3:7' },
    ],
    [
      'Java, the last cause',
      'org.springframework.beans.BeanCreationException: bean fails\n\tat a.B.c(B.java:1)\nCaused by: java.lang.IllegalStateException: no seats\n\tat shop.Seats.load(Seats.java:44)',
      { kind: 'exception', type: 'java.lang.IllegalStateException', message: 'no seats', place: 'Seats.java:44' },
    ],
    [
      '.NET',
      'Unhandled exception. System.NullReferenceException: Object reference not set\n   at Shop.Cart.Sum() in /src/Cart.cs:line 12',
      { kind: 'exception', type: 'System.NullReferenceException', message: 'Object reference not set', place: '/src/Cart.cs:line 12' },
    ],
    [
      'PHP',
      'PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in /var/www/index.php:7',
      { kind: 'exception', type: 'DivisionByZeroError', message: 'Division by zero', place: '/var/www/index.php:7' },
    ],
    [
      'Rust',
      "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds: the len is 3 but the index is 9",
      { kind: 'exception', type: 'panic', message: 'index out of bounds: the len is 3 but the index is 9', place: 'src/main.rs:4:5' },
    ],
    [
      'C++',
      "terminate called after throwing an instance of 'std::out_of_range'\n  what():  vector::at",
      { kind: 'exception', type: 'std::out_of_range', message: 'vector::at', place: null },
    ],
    [
      'Ruby',
      "app.rb:3:in 'total': divided by 0 (ZeroDivisionError)",
      { kind: 'exception', type: 'ZeroDivisionError', message: 'divided by 0', place: 'app.rb:3' },
    ],
  ])('%s', (_runtime, text, claim) => {
    expect(claims(text)).toEqual([claim]);
  });

  it('counts what recurs and keeps the times', () => {
    const trace = (second: string) =>
      ['Traceback (most recent call last):', '  File "a.py", line 1, in f', 'ValueError: bad row'].map((text) => ({ at: `2026-11-21T11:00:${second}Z`, text }));
    const [fact] = readLog([...trace('01'), ...trace('31')]).facts;
    expect(fact).toMatchObject({ count: 2, firstAt: '2026-11-21T11:00:01Z', lastAt: '2026-11-21T11:00:31Z', line: 'ValueError: bad row' });
  });

  it.each([
    'INFO 0 errors, 0 failures, failover ok',
    'WARN index lock held by previous owner, exiting to retry',
    'ERROR batch 26 failed',
    'ERROR retrying after Exception in previous attempt',
    '10.244.0.1 - - [21/Nov/2026:11:49:17 +0000] "GET /missing HTTP/1.1" 404 27 "-" "kube-probe/1.35"',
    'level=error msg="cache miss for key user:42"',
    '2026-11-21 11:51:55.101 UTC [73] FATAL:  password authentication failed for user "shop"',
    '2026-11-21 11:51:55.101 UTC [73] ERROR:  relation "orders" does not exist at character 15',
    'http: TLS handshake error from 10.0.0.3:4312: remote error: tls: bad certificate',
    'INFO GET http://cart:8080/items: 500 ms',
    'WARN it is not recommended to run as root',
    'level=warn msg="malformed line skipped" offset=12',
    'INFO fatal errors are reported to port authority',
    '[INFO] plugin/reload: Running configuration SHA512 = 8aee00f7bc',
  ])('words alone are nothing: %s', (text) => {
    expect(claims(text)).toEqual([]);
  });
});
