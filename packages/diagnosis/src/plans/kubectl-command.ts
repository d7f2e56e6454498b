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

/** The text that begins at a place, quoted or not, and where the rest goes on; null where the shell would do more than read it. */
function readPiece(line: string, at: number): Quoting | null {
  const char = line.charAt(at);
  if (char === "'") return singleQuoted(line, at + 1);
  if (char === '"') return doubleQuoted(line, at + 1);
  if (char === '\\' && line.charAt(at + 1) === "'") return { text: "'", next: at + 2 };
  return unquotedRefused.test(char) ? null : { text: char, next: at + 1 };
}

/**
 * Splits one command line into words as a POSIX shell would, and refuses whatever would make the shell do more than
 * start one program: operators, expansions, redirections, globs, comments, line ends, open quotes.
 */
export function splitWords(line: string): Parsed<string[]> {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; ) {
    if (line.charAt(at) === ' ' || line.charAt(at) === '\t') {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    const piece = readPiece(line, at);
    if (piece === null)
      return unparsed(`${JSON.stringify(line.charAt(at))} at character ${at + 1} means more to the shell than a word (or a quote stays open)`);
    word = (word ?? '') + piece.text;
    at = piece.next;
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

interface WrittenFlag {
  /** As it stands there: `--tail`, `-n`. */
  written: string;
  name: string | undefined;
  /** What stands behind `=`, or behind a single letter; null where nothing does. */
  attached: string | null;
}

function longFlag(word: string): WrittenFlag {
  const equals = word.indexOf('=');
  const name = word.slice(2, equals < 0 ? undefined : equals);
  return { written: `--${name}`, name, attached: equals < 0 ? null : word.slice(equals + 1) };
}

function shortFlag(word: string, table: FlagTable): WrittenFlag {
  const letter = word.charAt(1);
  const rest = word.slice(word.charAt(2) === '=' ? 3 : 2);
  return { written: `-${letter}`, name: table.shorts[letter], attached: word.length > 2 ? rest : null };
}

function readFlag(words: readonly string[], index: number, table: FlagTable): Parsed<FlagRead> {
  const word = words[index] ?? '';
  const { written, name, attached } = word.startsWith('--') ? longFlag(word) : shortFlag(word, table);
  if (name !== undefined && table.switches.includes(name)) {
    const value = attached ?? 'true';
    return value === 'true' || value === 'false' ? parsed({ name, value, consumed: 1 }) : unparsed(`${written} takes no value ${value}`);
  }
  if (name === undefined || !table.values.includes(name)) return unparsed(`${written} is not among the flags that are let through here`);
  if (attached !== null) return parsed({ name, value: attached, consumed: 1 });
  const next = words[index + 1];
  return next === undefined ? unparsed(`${written} has no value`) : parsed({ name, value: next, consumed: 2 });
}

/** Reads arguments from the left; what flags there are depends on the verb, once it is known. */
class ArgumentReader {
  readonly #flags = new Map<string, string[]>();
  readonly #operands: string[] = [];
  readonly #tableOf: (verb: string) => FlagTable | null;
  #table = globalFlags;
  #verb: string | null = null;

  constructor(tableOf: (verb: string) => FlagTable | null) {
    this.#tableOf = tableOf;
  }

  /** How many words were read at this place. */
  read(args: readonly string[], at: number): Parsed<number> {
    const word = args[at] ?? '';
    if (word === '--' || word === '-' || word === '') return unparsed(`the argument ${JSON.stringify(word)} is not let through`);
    if (word.startsWith('-')) return this.#flag(args, at);
    if (this.#verb === null) return this.#verbAt(args, at);
    this.#operands.push(word);
    return parsed(1);
  }

  result(): Parsed<KubectlCommand> {
    return this.#verb === null ? unparsed('there is no verb') : parsed({ verb: this.#verb, flags: this.#flags, operands: this.#operands });
  }

  #flag(args: readonly string[], at: number): Parsed<number> {
    const { value, problem } = readFlag(args, at, this.#table);
    if (value === null) return unparsed(problem);
    this.#flags.set(value.name, [...(this.#flags.get(value.name) ?? []), value.value]);
    return parsed(value.consumed);
  }

  #verbAt(args: readonly string[], at: number): Parsed<number> {
    const [word = '', next] = args.slice(at, at + 2);
    const two = twoWordVerbs.has(word) && next !== undefined && !next.startsWith('-');
    const verb = two ? `${word} ${next}` : word;
    const table = this.#tableOf(verb);
    if (table === null) return unparsed(`\`kubectl ${verb}\` is not among the verbs that are let through`);
    this.#verb = verb;
    this.#table = table;
    return parsed(two ? 2 : 1);
  }
}

/**
 * Takes kubectl's arguments (without `kubectl` itself) apart by the rules of its flag parser: flags may stand anywhere,
 * values follow after `=` or as the next word. `tableOf` gives the flags of a verb, null for a verb that is not known.
 */
export function parseArguments(args: readonly string[], tableOf: (verb: string) => FlagTable | null): Parsed<KubectlCommand> {
  const reader = new ArgumentReader(tableOf);
  for (let at = 0; at < args.length; ) {
    const { value, problem } = reader.read(args, at);
    if (value === null) return unparsed(problem);
    at += value;
  }
  return reader.result();
}
