/** A kubectl invocation taken apart. Flags go by their long names; each occurrence keeps its value (`true` for a switch). */
export interface KubectlCommand {
  /** `get`, or with its second word where the verb has subcommands: `rollout restart`. */
  verb: string;
  flags: ReadonlyMap<string, readonly string[]>;
  operands: readonly string[];
}

/** The flags that a verb is known to take. What is not named here is refused, never guessed. */
export interface FlagTable {
  /** Take a value: `--tail=5`, `--tail 5`. */
  values: readonly string[];
  /** Take none, or `=true` and `=false`. */
  switches: readonly string[];
  /** Single letters and the long names they stand for. */
  shorts: Readonly<Record<string, string>>;
}

export interface Parsed<T> {
  value: T | null;
  /** Why there is no value, in words for people. */
  problem: string;
}

export function parsed<T>(value: T): Parsed<T> {
  return { value, problem: '' };
}

export function unparsed<T>(problem: string): Parsed<T> {
  return { value: null, problem };
}

const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back unchanged. */
export function quoteForShell(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** `kubectl` with its arguments, each quoted for the shell. */
export function commandLine(args: readonly string[]): string {
  return ['kubectl', ...args].map(quoteForShell).join(' ');
}

interface Quoting {
  /** Characters until the closing quote, which is not part of `text`. */
  text: string;
  next: number;
}

function singleQuoted(line: string, start: number): Quoting | null {
  const end = line.indexOf("'", start);
  return end < 0 ? null : { text: line.slice(start, end), next: end + 1 };
}

function doubleQuoted(line: string, start: number): Quoting | null {
  let text = '';
  for (let i = start; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (char === '"') return { text, next: i + 1 };
    if (char === '$' || char === '`') return null;
    if (char === '\\' && '"\\'.includes(line.charAt(i + 1)) && i + 1 < line.length) {
      i += 1;
      text += line.charAt(i);
    } else {
      text += char;
    }
  }
  return null;
}

const unquotedRefused = /[;&|<>$`(){}*?~#!\n\r\\[\]]/;

/**
 * Splits one command line into words as a POSIX shell would, and refuses whatever would make the shell do more than
 * start one program: operators, expansions, redirections, globs, comments, line ends, open quotes.
 */
export function splitWords(line: string): Parsed<string[]> {
  const words: string[] = [];
  let word: string | null = null;
  let i = 0;
  while (i < line.length) {
    const char = line.charAt(i);
    if (char === "'" || char === '"') {
      const quoted = char === "'" ? singleQuoted(line, i + 1) : doubleQuoted(line, i + 1);
      if (quoted === null) return unparsed('an open quote, or an expansion inside double quotes');
      word = (word ?? '') + quoted.text;
      i = quoted.next;
      continue;
    }
    if (char === '\\' && line.charAt(i + 1) === "'") {
      word = `${word ?? ''}'`;
      i += 2;
      continue;
    }
    if (unquotedRefused.test(char)) return unparsed(`${JSON.stringify(char)} outside quotes means something to the shell`);
    if (char === ' ' || char === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? '') + char;
    }
    i += 1;
  }
  if (word !== null) words.push(word);
  return parsed(words);
}

/** The words before the first verb may only be flags of this table; the rest of the flags belong to the verb. */
export const globalFlags: FlagTable = { values: ['namespace'], switches: [], shorts: { n: 'namespace' } };

const twoWordVerbs = new Set(['rollout', 'set', 'create', 'auth', 'top', 'config', 'cluster-info', 'apply', 'certificate', 'plugin']);

interface FlagRead {
  name: string;
  value: string;
  consumed: number;
}

function readFlag(words: readonly string[], index: number, table: FlagTable): Parsed<FlagRead> {
  const word = words[index] ?? '';
  const long = word.startsWith('--');
  const equals = word.indexOf('=');
  const written = long ? word.slice(2, equals < 0 ? undefined : equals) : word.charAt(1);
  const name = long ? written : table.shorts[written];
  const attached = long ? (equals < 0 ? null : word.slice(equals + 1)) : word.length > 2 ? word.slice(word.charAt(2) === '=' ? 3 : 2) : null;
  if (name === undefined || !(table.values.includes(name) || table.switches.includes(name))) {
    return unparsed(`${long ? `--${written}` : `-${written}`} is not among the flags that are let through here`);
  }
  if (table.switches.includes(name)) {
    if (attached !== null && attached !== 'true' && attached !== 'false') return unparsed(`--${name} takes no value ${attached}`);
    return parsed({ name, value: attached ?? 'true', consumed: 1 });
  }
  if (attached !== null) return parsed({ name, value: attached, consumed: 1 });
  const next = words[index + 1];
  return next === undefined ? unparsed(`--${name} has no value`) : parsed({ name, value: next, consumed: 2 });
}

class FlagCollector {
  readonly flags = new Map<string, string[]>();

  add({ name, value }: FlagRead): void {
    const values = this.flags.get(name) ?? [];
    values.push(value);
    this.flags.set(name, values);
  }
}

/**
 * Takes kubectl's arguments (without `kubectl` itself) apart by the rules of its flag parser: flags may stand anywhere,
 * values follow after `=` or as the next word. `tableOf` gives the flags of a verb, null for a verb that is not known.
 */
export function parseArguments(args: readonly string[], tableOf: (verb: string) => FlagTable | null): Parsed<KubectlCommand> {
  const collected = new FlagCollector();
  const operands: string[] = [];
  let verb: string | null = null;
  let table = globalFlags;
  for (let i = 0; i < args.length; ) {
    const word = args[i] ?? '';
    if (word === '--' || word === '-' || word === '') return unparsed(`the argument ${JSON.stringify(word)} is not let through`);
    if (word.startsWith('-')) {
      const flag = readFlag(args, i, table);
      if (flag.value === null) return unparsed(flag.problem);
      collected.add(flag.value);
      i += flag.value.consumed;
      continue;
    }
    i += 1;
    if (verb !== null) {
      operands.push(word);
      continue;
    }
    const next = args[i];
    const two = twoWordVerbs.has(word) && next !== undefined && !next.startsWith('-');
    verb = two ? `${word} ${next}` : word;
    if (two) i += 1;
    const known = tableOf(verb);
    if (known === null) return unparsed(`\`kubectl ${verb}\` is not among the verbs that are let through`);
    table = known;
  }
  return verb === null ? unparsed('there is no verb') : parsed({ verb, flags: collected.flags, operands });
}
