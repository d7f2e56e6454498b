import { isServerLog } from '../server-log.ts';
import { group, type Signature } from '../signature.ts';

function outOfMemory(runtime: string, pattern: RegExp): Signature {
  return { id: `out-of-memory-${runtime}`, pattern, read: () => ({ kind: 'out-of-memory', runtime }) };
}

export const resourceSignatures: readonly Signature[] = [
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
