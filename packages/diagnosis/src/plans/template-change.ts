import type { Change, ObjectRef } from '@quarterdeck/contract';
import type { CommandFacts } from './command-facts.ts';
import { type KubectlCommand, type Parsed, parsed, unparsed } from './kubectl-command.ts';

/** `kubectl set …` as the strategic merge patch of a pod template that kubectl sends. */
export async function templateChange(
  command: KubectlCommand,
  { target, rest }: { target: ObjectRef; rest: readonly string[] },
  facts: CommandFacts,
): Promise<Parsed<Change>> {
  if (command.verb === 'set serviceaccount') return patched(target, { serviceAccountName: rest[0] });
  const known = await facts.containers(target);
  const chosen = command.verb === 'set image' ? namesIn(rest, known) : containersOf(command.flags.get('containers')?.[0], known);
  if (chosen.length === 0) return unparsed('which containers it is about is not known');
  const words = [...rest, ...(command.flags.get('env') ?? [])];
  return patched(target, { containers: chosen.map((name) => ({ name, ...contentOf(command, words, name) })) });
}

function contentOf({ verb, flags }: KubectlCommand, words: readonly string[], container: string): object {
  if (verb === 'set env') return { env: words.map(variableOf) };
  if (verb === 'set image') return { image: words.map(split).find(([name]) => name === container || name === '*')?.[1] };
  const [limits, requests] = [amountsOf(flags.get('limits')?.[0]), amountsOf(flags.get('requests')?.[0])];
  return { resources: { ...(limits === null ? {} : { limits }), ...(requests === null ? {} : { requests }) } };
}

/** `KEY-` takes a variable away. One that came from elsewhere gets a value of its own. */
function variableOf(word: string): object {
  if (!word.includes('=')) return { name: word.replace(/-$/, ''), $patch: 'delete' };
  const [name, value] = split(word);
  return { name, value, valueFrom: null };
}

/** `cpu=200m,memory=64Mi`. */
function amountsOf(text: string | undefined): Record<string, string> | null {
  return text === undefined ? null : Object.fromEntries(text.split(',').map(split));
}

function namesIn(words: readonly string[], known: readonly string[]): string[] {
  return words.map(split).flatMap(([name]) => (name === '*' ? known : [name]));
}

/** Left out, or with `*` for a part of the name: those that are known. */
function containersOf(pattern: string | undefined, known: readonly string[]): string[] {
  if (pattern === undefined || pattern === '*') return [...known];
  return pattern.split(',').flatMap((name) => (name.includes('*') ? known.filter((each) => matches(each, name)) : [name]));
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  return name.startsWith(parts[0] ?? '') && name.endsWith(parts.at(-1) ?? '');
}

function split(word: string): [string, string] {
  const equals = word.indexOf('=');
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function patched(target: ObjectRef, pod: object): Parsed<Change> {
  const template = { template: { spec: pod } };
  const spec = target.kind === 'CronJob' ? { jobTemplate: { spec: template } } : template;
  return parsed({ verb: 'patch', target, patchType: 'strategic', patch: { spec } });
}
