import type { Exhausted } from '../log-fact.ts';
import { isServerLog } from '../server-log.ts';
import { group, type Signature } from '../signature.ts';

function outOfMemory(runtime: string, pattern: RegExp): Signature {
  return { id: `out-of-memory-${runtime}`, pattern, read: () => ({ kind: 'out-of-memory', runtime }) };
}

function exhausted(id: string, resource: Exhausted, pattern: RegExp): Signature {
  return { id: `exhausted-${id}`, pattern, read: () => ({ kind: 'exhausted', resource }) };
}

export const resourceSignatures: readonly Signature[] = [
  exhausted(
    'pool',
    'connection pool',
    /Connection is not available, request timed out|QueuePool limit of size|connection pool (?:is )?(?:exhausted|timeout|full)|(?:could not|cannot|can't|failed to|unable to) (?:acquire|obtain|get|check ?out|borrow) (?:a )?(?:jdbc |database |db )?connection (?:from|within)|timeout waiting for connection from pool|remaining connection pool|pool.{0,20}\b(\d+)\/\1\b|pool (?:is )?exhausted|(?:Timeout|timed out) (?:while )?(?:acquiring|waiting for) (?:a )?(?:connection|client)|PoolTimeout|PoolExhausted|MaxPoolSize|all pooled connections were in use/i,
  ),
  exhausted(
    'server-connections',
    'server connections',
    /too many clients already|remaining connection slots are reserved|Too many connections\b|max number of clients reached|too many connections for (?:role|database)/i,
  ),
  exhausted('open-files', 'open files', /too many open files|\bEMFILE\b|\bENFILE\b/i),
  {
    id: 'local-ports',
    pattern: /EADDRNOTAVAIL|cannot assign requested address/i,
    read(match) {
      const line = match.input;
      if (!/\bbind(?:ing)?\b|\blisten/i.test(line)) return { kind: 'exhausted', resource: 'local ports' };
      return { kind: 'bind-unavailable', address: /(\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)/.exec(line)?.[1] ?? null };
    },
  },
  exhausted(
    'threads',
    'threads',
    /unable to create (?:new )?native thread|can't start new thread|pthread_create failed|Resource temporarily unavailable.*(?:fork|thread)|fork: (?:retry: )?Resource temporarily unavailable/i,
  ),
  exhausted(
    'rate-limit',
    'rate limit',
    /\b429:? Too Many Requests|rate limit (?:is |was )?exceeded|RateLimitExceeded|\bThrottlingException\b|client rate limiter Wait returned an error/i,
  ),
  exhausted(
    'locks',
    'database locks',
    /deadlock detected|Deadlock found when trying to get lock|Lock wait timeout exceeded|canceling statement due to lock timeout/i,
  ),
  {
    id: 'argument-invalid',
    pattern:
      /(?:unrecognized|unknown|unexpected|invalid) (?:command[- ]line )?(?:arguments?|options?|flags?|shorthand flag)(?::| --)? *["'`]?(?<argument>-{0,2}[A-Za-z][\w=.-]*)|flag provided but not defined: (?<go>-\S+)|no such option: (?<click>-\S+)|bad option: (?<node>-\S+)|unrecognized option: (?<bb>\S+)|Unrecognized option: (?<jvm>-\S+)/i,
    read(match) {
      const argument = ['argument', 'go', 'click', 'node', 'bb', 'jvm'].map((name) => group(match, name)).find((value) => value !== null);
      if (argument === undefined || argument === null) return null;
      return { kind: 'argument-invalid', argument: argument.length === 1 ? `-${argument}` : argument };
    },
  },
  {
    id: 'root-refused',
    pattern:
      /"root" execution of the (?<server>\w+) server is not permitted|(?<init>initdb)[^\n]*cannot be run as root|how to run (?<mysqld>mysqld) as root|(?:can ?not|must not|refus\w+ to|not allowed to) (?:be )?run (?:(?<program>[\w.-]+) )?as (?:the )?(?:root|superuser)\b|[Rr]unning (?:(?<other>[\w.-]+) )?as root is not (?:permitted|allowed|supported)/,
    read: (match) => ({
      kind: 'root-refused',
      program: ['server', 'init', 'mysqld', 'program', 'other'].map((name) => group(match, name)).find((value) => value !== null) ?? null,
    }),
  },
  {
    id: 'poison-message',
    pattern:
      /(?:[Ee]rror deserializ\w+ (?:key\/value |value |key )?for partition (?<topic>\S+)-(?<partition>\d+) at offset (?<offset>\d+)|(?:deseriali[sz]\w*|unmarshal|decode|parse|poison|malformed|corrupt)[^\n]{0,120}?\boffset[ =:]+(?<at>\d+)|\boffset[ =:]+(?<first>\d+)[^\n]{0,120}?(?:deseriali[sz]|unmarshal|cannot decode|poison|malformed|corrupt))/,
    read(match) {
      const line = match.input;
      // Parsers of files count offsets too.
      if (group(match, 'topic') === null && !/kafka|topic|partition|consumer|record|stream|queue/i.test(line)) return null;
      const named = (name: string, pattern: RegExp) => group(match, name) ?? pattern.exec(line)?.[1] ?? null;
      return {
        kind: 'poison-message',
        topic: named('topic', /topic[ =:]+"?([\w.-]+)/),
        partition: named('partition', /partition[ =:]+(\d+)/),
        offset: group(match, 'offset') ?? group(match, 'at') ?? group(match, 'first'),
      };
    },
  },
  {
    id: 'lease-lost',
    pattern: /leader ?election lost|failed to renew lease|lost (?:the )?lease|stopped leading/i,
    read: () => ({ kind: 'lease-lost' }),
  },
  outOfMemory('java', /java\.lang\.OutOfMemoryError/),
  outOfMemory('node', /JavaScript heap out of memory/),
  outOfMemory('python', /^MemoryError\b/),
  outOfMemory('go', /fatal error: runtime: (?:cannot allocate|out of) memory/),
  outOfMemory('dotnet', /System\.OutOfMemoryException/),
  outOfMemory('process', /cannot allocate memory|ENOMEM|std::bad_alloc/i),
  {
    id: 'schema',
    pattern:
      /relation "(?<relation>[^"]+)" does not exist|Unknown column '(?<column>[^']+)'|no such table: (?<table>\S+)|Table '(?<mysql>[^']+)' doesn't exist|column "(?<pgcolumn>[^"]+)" does not exist|database "(?<database>[^"]+)" does not exist|Unknown database '(?<mydb>[^']+)'/,
    read(match) {
      if (isServerLog(match.input)) return null;
      const object = ['relation', 'column', 'table', 'mysql', 'pgcolumn', 'database', 'mydb'].map((name) => group(match, name)).find((value) => value !== null);
      return object === undefined || object === null ? null : { kind: 'schema', object };
    },
  },
];
