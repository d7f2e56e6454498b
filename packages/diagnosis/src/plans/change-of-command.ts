import { type BuiltInKind, builtInKinds, type Change, type ObjectRef, type PatchType } from '@quarterdeck/contract';
import type { CommandFacts } from './command-facts.ts';
import { type KubectlCommand, type Parsed, parseArguments, parsed, splitWords, unparsed } from './kubectl-command.ts';
import { kindOfType } from './kubectl-kinds.ts';
import { templateChange } from './template-change.ts';
import { flagTableOf, verbPolicies } from './verb-policies.ts';

/** What a command does to a cluster: nothing (it only looks), or one change. */
export type CommandEffect = { effect: 'look' } | { effect: 'change'; change: Change };

interface Operands {
  target: ObjectRef;
  rest: readonly string[];
}

type ChangeOfVerb = (command: KubectlCommand, operands: Operands, facts: CommandFacts) => Parsed<Change> | Promise<Parsed<Change>>;

const changes: Readonly<Record<string, ChangeOfVerb>> = {
  'rollout restart': (_command, { target }, { at }) => parsed({ verb: 'restart', target, at }),
  'rollout resume': (_command, { target }) => parsed({ verb: 'resume', target }),
  'rollout undo': (command, { target }) => {
    const revision = Number(flag(command, 'to-revision') ?? 0);
    return parsed({ verb: 'undo', target, ...(revision > 0 ? { toRevision: revision } : {}) });
  },
  'set image': (command, operands, facts) => {
    const images = Object.fromEntries(operands.rest.map(pairOf));
    return operands.target.kind === 'CronJob' ? templateChange(command, operands, facts) : parsed({ verb: 'setImage', target: operands.target, images });
  },
  'set env': templateChange,
  'set resources': templateChange,
  'set serviceaccount': templateChange,
  'set selector': (_command, { target, rest }) => {
    const selector = Object.fromEntries(rest.flatMap((word) => word.split(',')).map(pairOf));
    return parsed({ verb: 'patch', target, patchType: 'json', patch: [{ op: 'replace', path: '/spec/selector', value: selector }] });
  },
  scale: (command, { target }) => {
    const current = flag(command, 'current-replicas');
    const replicas = Number(flag(command, 'replicas'));
    return parsed({ verb: 'scale', target, replicas, ...(current === undefined ? {} : { currentReplicas: Number(current) }) });
  },
  patch: patchOf,
  annotate: (command, operands) => metadataOf('annotate', command, operands),
  label: (command, operands) => metadataOf('label', command, operands),
  'create serviceaccount': (_command, { target }) => made(target, {}),
  'create sa': (_command, { target }) => made(target, {}),
  'create configmap': configMapOf,
  'create cm': configMapOf,
};

/**
 * What a command of a plan does, as the change that is previewed and sent. Only what `checkCommandLine` lets through is
 * understood; everything else says why it is not.
 */
export async function effectOfCommand(line: string, facts: CommandFacts): Promise<Parsed<CommandEffect>> {
  const { value: words, problem } = splitWords(line);
  if (words === null) return unparsed(problem);
  if (words[0] !== 'kubectl') return unparsed('it does not begin with kubectl');
  const { value: command, problem: fault } = parseArguments(words.slice(1), flagTableOf);
  if (command === null) return unparsed(fault);
  if (verbPolicies[command.verb]?.changes === null) return parsed({ effect: 'look' });
  const build = changes[command.verb];
  const operands = operandsOf(command);
  if (build === undefined || operands === null) return unparsed(`\`kubectl ${command.verb}\` is not turned into a change`);
  const { value: change, problem: unclear } = await build(command, operands, facts);
  return change === null ? unparsed(unclear) : parsed({ effect: 'change', change });
}

/** The one object that a command names, and what follows it. */
function operandsOf(command: KubectlCommand): Operands | null {
  const created = command.verb.startsWith('create ') ? [command.verb.slice('create '.length)] : [];
  const [first = '', second = '', ...others] = [...created, ...command.operands];
  const slashed = first.includes('/');
  const [type = '', name = ''] = slashed ? first.split('/') : [first, second];
  const kind = kindOfType(type);
  if (kind === undefined || name === '') return null;
  return { target: targetOf(kind, flag(command, 'namespace') ?? 'default', name), rest: slashed ? [second, ...others].filter((word) => word !== '') : others };
}

function targetOf(kind: BuiltInKind, namespace: string, name: string): ObjectRef {
  const { apiVersion, namespaced } = builtInKinds[kind];
  return { apiVersion, kind, namespace: namespaced ? namespace : null, name };
}

function patchOf(command: KubectlCommand, { target }: Operands): Parsed<Change> {
  const type = flag(command, 'type') ?? 'strategic';
  const content = parsedJson(flag(command, 'patch') ?? '');
  if (!isPatchType(type)) return unparsed(`patch type ${type} is not known`);
  if (Array.isArray(content) && content.every(isRecord)) return parsed({ verb: 'patch', target, patchType: type, patch: content });
  return isRecord(content) ? parsed({ verb: 'patch', target, patchType: type, patch: content }) : unparsed('its patch is no JSON');
}

function metadataOf(verb: 'label' | 'annotate', command: KubectlCommand, { target, rest }: Operands): Parsed<Change> {
  const entries = Object.fromEntries(rest.map((word) => (word.includes('=') ? pairOf(word) : [word.replace(/-$/, ''), null])));
  return parsed({ verb, target, entries, overwrite: flag(command, 'overwrite') === 'true' });
}

function configMapOf(command: KubectlCommand, { target }: Operands): Parsed<Change> {
  const literals = command.flags.get('from-literal') ?? [];
  return made(target, literals.length === 0 ? {} : { data: Object.fromEntries(literals.map(pairOf)) });
}

function made(target: ObjectRef, content: object): Parsed<Change> {
  const { apiVersion, kind, namespace, name } = target;
  return parsed({ verb: 'create', target, manifest: { apiVersion, kind, metadata: { name, namespace }, ...content } });
}

function flag({ flags }: KubectlCommand, name: string): string | undefined {
  return flags.get(name)?.[0];
}

/** `KEY=VALUE`; what follows the first equals sign is the value. */
function pairOf(word: string): [string, string] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
}

function isPatchType(type: string): type is PatchType {
  return type === 'json' || type === 'merge' || type === 'strategic';
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Told as a patch that is none.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
