import type { TerminalCompletion } from '@quarterdeck/contract';
import { type TypedCommand, typedCommand } from './command-line.ts';
import { type CommandWords, type Place, type ProgramWords, programs, valuesOfFlags } from './program-words.ts';

/** What there is in the cluster that the shell speaks to, as the person sees it. Nothing where it is not known in time. */
export interface CompletionSource {
  kinds(): Promise<readonly { name: string; kind: string; short: readonly string[] }[]>;
  /** `kind` as it was typed: `po`, `pods`, `deployments.apps`. `namespace` null: that of the shell. */
  names(kind: string, namespace: string | null, prefix: string): Promise<readonly string[]>;
  namespaces(): Promise<readonly string[]>;
  contexts(): Promise<readonly string[]>;
}

type Item = TerminalCompletion['items'][number];

const mostItems = 100;
const workloads = ['deployment', 'statefulset', 'daemonset'];

/** How a line may go on at the cursor. Empty for a program that is not known: the shell's own completion has more to say. */
export async function completeLine(line: string, cursor: number, source: CompletionSource): Promise<TerminalCompletion> {
  const typed = typedCommand(line.slice(0, cursor));
  const [name = '', ...rest] = typed.words;
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  const items = program === undefined ? [] : await itemsOf(program, rest, typed, source);
  const fitting = items.filter(({ text }) => text.startsWith(typed.current) && text !== typed.current);
  return { from: typed.from, to: cursor, items: fitting.slice(0, mostItems) };
}

async function itemsOf(program: ProgramWords, rest: readonly string[], { current }: TypedCommand, source: CompletionSource): Promise<Item[]> {
  const read = new ReadCommand(program);
  for (const word of rest) read.take(word);
  const { path, words, positional, namespace, pending } = read;
  if (rest.includes('--')) return [];
  if (pending !== null) return valuesOf(pending, { current, namespace, kind: null }, source);
  if (current.startsWith('--') && current.includes('=')) return assigned(current, namespace, source);
  if (current.startsWith('-')) return [...(words.flags ?? []), ...program.flags].map((text) => item(text, 'flag'));
  if (words.commands !== undefined && positional.length === 0)
    return Object.keys(words.commands).map((text) => item(text, 'command', [...path, text].join(' ')));
  const takes = words.takes ?? [];
  const place = takes[Math.min(positional.length, takes.length - 1)];
  return place === undefined ? [] : placed(place, { current, namespace, kind: positional[0] ?? null }, source);
}

/** What the words before the cursor say. */
class ReadCommand {
  readonly path: string[] = [];
  words: CommandWords;
  readonly positional: string[] = [];
  namespace: string | null = null;
  /** The flag before the cursor whose value is being typed. */
  pending: string | null = null;

  constructor(program: ProgramWords) {
    this.words = { commands: program.commands };
  }

  take(word: string): void {
    if (this.pending !== null) this.value(word);
    else if (word.startsWith('-')) this.flag(word);
    else this.word(word);
  }

  private value(word: string): void {
    if (this.pending === '-n' || this.pending === '--namespace') this.namespace = word;
    this.pending = null;
  }

  private flag(word: string): void {
    const [flag = '', value] = word.split('=', 2);
    if (value !== undefined && flag === '--namespace') this.namespace = value;
    // Of logs, -f and -p are switches.
    const isSwitch = this.path[0] === 'logs' && (flag === '-f' || flag === '-p');
    if (value === undefined && !isSwitch && Object.hasOwn(valuesOfFlags, flag)) this.pending = flag;
  }

  private word(word: string): void {
    const next = this.positional.length === 0 ? (this.words.commands ?? {}) : {};
    const below = Object.hasOwn(next, word) ? next[word] : undefined;
    if (below === undefined) {
      this.positional.push(word);
      return;
    }
    this.words = below;
    this.path.push(word);
  }
}

interface At {
  current: string;
  namespace: string | null;
  kind: string | null;
}

async function assigned(current: string, namespace: string | null, source: CompletionSource): Promise<Item[]> {
  const flag = current.slice(0, current.indexOf('='));
  const values = await valuesOf(flag, { current: current.slice(flag.length + 1), namespace, kind: null }, source);
  return values.map((value) => ({ ...value, text: `${flag}=${value.text}` }));
}

async function valuesOf(flag: string, at: At, source: CompletionSource): Promise<Item[]> {
  const values = Object.hasOwn(valuesOfFlags, flag) ? valuesOfFlags[flag] : undefined;
  if (values === undefined) return [];
  return typeof values === 'string' ? placed(values, at, source) : values.map((text) => item(text, 'value'));
}

async function placed(place: Place, at: At, source: CompletionSource): Promise<Item[]> {
  switch (place) {
    case 'text':
      return [];
    case 'namespace':
      return (await source.namespaces()).map((text) => item(text, 'namespace'));
    case 'context':
      return (await source.contexts()).map((text) => item(text, 'context'));
    case 'node':
      return namesOf('nodes', '', at, source);
    case 'pod':
      return at.current.includes('/') ? slashed(at, source) : namesOf('pods', '', at, source);
    case 'workload':
      return at.current.includes('/')
        ? slashed(at, source)
        : (await Promise.all(workloads.map((kind) => namesOf(kind, `${kind}/`, { ...at, current: '' }, source)))).flat();
    case 'kind':
      return at.current.includes('/') ? slashed(at, source) : kindsOf(at, source);
    case 'name':
      // `get deploy/web` has its name already.
      return at.kind === null || at.kind.includes('/') ? slashed(at, source) : namesOf(at.kind, '', at, source);
  }
}

async function kindsOf({ current }: At, source: CompletionSource): Promise<Item[]> {
  const comma = current.lastIndexOf(',') + 1;
  const before = current.slice(0, comma);
  return (await source.kinds()).map(({ name, kind, short }) => item(`${before}${name}`, 'kind', [kind, ...short].join(', ')));
}

async function slashed(at: At, source: CompletionSource): Promise<Item[]> {
  const slash = at.current.indexOf('/');
  if (slash < 0) return [];
  const kind = at.current.slice(0, slash);
  return namesOf(kind, `${kind}/`, { ...at, current: at.current.slice(slash + 1) }, source);
}

async function namesOf(kind: string, before: string, { current, namespace }: At, source: CompletionSource): Promise<Item[]> {
  const names = await source.names(kind.split(',')[0] ?? kind, namespace, current);
  return names.map((name) => item(`${before}${name}`, 'object', kind));
}

function item(text: string, kind: Item['kind'], detail: string | null = null): Item {
  return { text, kind, detail };
}
