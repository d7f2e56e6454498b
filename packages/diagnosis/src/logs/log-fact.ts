/** What a log line says, typed. Names, hosts and paths are as the program wrote them; null where it did not say. */
export type LogClaim =
  | { kind: 'connect-failed'; reason: ConnectFailure; host: string | null; port: number | null; file: string | null }
  | { kind: 'protocol-mismatch'; spoken: 'http' | 'https'; host: string | null; port: number | null }
  | { kind: 'waiting-for'; host: string; port: number | null }
  | { kind: 'file-missing'; path: string }
  | { kind: 'env-missing'; name: string }
  | { kind: 'config-syntax'; file: string | null; line: number | null; token: string | null; detail: string }
  | { kind: 'auth-failed'; server: AuthServer | null; user: string | null }
  | { kind: 'replica-write'; host: string | null; port: number | null }
  | { kind: 'permission-denied'; path: string | null }
  | { kind: 'read-only'; path: string | null }
  | { kind: 'disk-full'; path: string | null }
  | { kind: 'address-in-use'; port: number | null }
  | { kind: 'bind-denied'; port: number | null }
  | { kind: 'argument-invalid'; argument: string }
  | { kind: 'exhausted'; resource: Exhausted }
  | { kind: 'out-of-memory'; runtime: string }
  | { kind: 'tls-verify'; reason: 'expired' | 'unknown-authority' | 'hostname' | 'other'; host: string | null }
  | { kind: 'forbidden'; user: string; verb: string; resource: string; group: string; namespace: string | null }
  | { kind: 'root-refused'; program: string | null }
  | { kind: 'poison-message'; topic: string | null; partition: string | null; offset: string | null }
  | { kind: 'lease-lost' }
  | { kind: 'bind-unavailable'; address: string | null }
  | { kind: 'command-missing'; command: string }
  | { kind: 'module-missing'; module: string }
  | { kind: 'schema'; object: string }
  | { kind: 'exec-format' }
  | { kind: 'exception'; type: string; message: string; place: string | null }
  | { kind: 'listening'; port: number };

/** `server-error`: it answers, and the answer is that it cannot serve (status 5xx). */
export type ConnectFailure = 'refused' | 'host-not-found' | 'timeout' | 'unreachable' | 'server-error';
export type Exhausted = 'connection pool' | 'server connections' | 'open files' | 'local ports' | 'threads' | 'rate limit' | 'database locks';
export type AuthServer = 'redis' | 'postgres' | 'mysql' | 'mongodb' | 'rabbitmq' | 'kafka' | 'nats' | 's3' | 'ldap' | 'smtp' | 'http';

export type LogKind = LogClaim['kind'];
export type ClaimOf<K extends LogKind> = Extract<LogClaim, { kind: K }>;

/** A claim with the exact lines it was read from. */
export interface LogFact<C extends LogClaim = LogClaim> {
  claim: C;
  /** The latest line that says so, without its timestamp. */
  line: string;
  count: number;
  /** RFC 3339 time of the first and latest line; null where the log carries none. */
  firstAt: string | null;
  lastAt: string | null;
  /** Of an exception: the program says itself that it has dealt with it. */
  handled: boolean;
  /** The latest line before the first one in which the program tells of a change to itself; null where there is none. */
  before: string | null;
}

export function isClaim<K extends LogKind>(fact: LogFact, kind: K): fact is LogFact<ClaimOf<K>> {
  return fact.claim.kind === kind;
}

/** The facts of one kind, in the order in which the log first says them. */
export function factsOf<K extends LogKind>(facts: readonly LogFact[], kind: K): LogFact<ClaimOf<K>>[] {
  const found: LogFact<ClaimOf<K>>[] = [];
  for (const fact of facts) if (isClaim(fact, kind)) found.push(fact);
  return found;
}
