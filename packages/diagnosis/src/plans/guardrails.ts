import type { BuiltInKind } from '@quarterdeck/contract';
import { type KubectlCommand, parseArguments, splitWords } from './kubectl-command.ts';
import { kindOfType, mayBeSecret } from './kubectl-kinds.ts';
import { annotationReason, patchReason, replicaCountReason } from './patch-guard.ts';
import { flagTableOf, repeatable, verbPolicies } from './verb-policies.ts';

/** `read` changes nothing in the cluster; `change` is one of the few changes that a plan may propose. */
export type Verdict = { allowed: true; effect: 'read' | 'change' } | { allowed: false; reason: string };

function refused(reason: string): Verdict {
  return { allowed: false, reason };
}

interface Target {
  type: string;
  rest: readonly string[];
}

/** Takes the one object that a change names off the operands: `TYPE/NAME …` or `TYPE NAME …`. */
function oneTarget(operands: readonly string[]): Target | string {
  const [first = '', second = '', ...others] = operands;
  const rest = first.includes('/') ? operands.slice(1) : others;
  const [type = '', name = ''] = first.includes('/') ? first.split('/') : [first, second];
  if (first.split('/').length > 2 || type.includes(',')) return 'it names more than one object';
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) return 'it does not name one object';
  return { type, rest };
}

const assignment = /^[^=/\s-][^=\s]*(=|-$)/;

/** What follows the object: `KEY=VALUE` words for the verbs that take some, one name for `set serviceaccount`. */
function restReason(verb: string, rest: readonly string[]): string | null {
  const takesAssignments = ['set image', 'set env', 'set selector', 'annotate', 'label'].includes(verb);
  if (verb === 'set serviceaccount') return rest.length === 1 && !rest[0]?.includes('/') ? null : 'it needs the name of one ServiceAccount';
  if (!takesAssignments) return rest.length === 0 ? null : 'it names more than one object';
  if (!rest.every((word) => assignment.test(word))) return 'it names more than one object';
  const keys = verb === 'annotate' ? rest.map((word) => (word.split('=')[0] ?? '').replace(/-$/, '')) : [];
  return keys.map(annotationReason).find((reason) => reason !== null) ?? null;
}

function replicasReason(replicas: string | undefined): string | null {
  if (replicas === undefined) return 'it does not say how many replicas';
  const reason = /^[1-9]\d*$/.test(replicas) ? replicaCountReason(Number(replicas)) : 'it stops the workload';
  return reason === null ? null : `scaling to ${replicas}: ${reason}`;
}

function valueReason(command: KubectlCommand): string | null {
  const flag = (name: string) => command.flags.get(name)?.[0];
  if (command.verb === 'scale') return replicasReason(flag('replicas'));
  if (command.verb !== 'patch') return null;
  const patch = flag('patch');
  return patch === undefined ? 'it has no patch' : patchReason(patch, flag('type') ?? 'strategic');
}

function changeReason(command: KubectlCommand, kinds: readonly BuiltInKind[]): string | null {
  if ((command.flags.get('namespace')?.[0] ?? '') === '') return 'a change must say its namespace with -n';
  const created = command.verb.startsWith('create ') ? command.verb.slice('create '.length) : null;
  const target = oneTarget(created === null ? command.operands : [created, ...command.operands]);
  if (typeof target === 'string') return target;
  const kind = kindOfType(target.type);
  if (kind === undefined || !kinds.includes(kind)) return `changing a ${kind ?? target.type} with \`${command.verb}\` is a person's decision`;
  return restReason(command.verb, target.rest) ?? valueReason(command);
}

const outputsWithoutValues = new Set(['name', 'wide']);

function readReason(command: KubectlCommand): string | null {
  const output = command.flags.get('output')?.[0];
  if (output?.includes('-file')) return 'it reads a local file';
  const types = command.operands.flatMap((operand) => operand.split(',')).map((operand) => operand.split('/')[0] ?? '');
  const printsValues = command.verb === 'get' && output !== undefined && !outputsWithoutValues.has(output);
  return printsValues && types.some(mayBeSecret) ? 'it prints the values of Secrets' : null;
}

/** Judges kubectl's arguments (without `kubectl`) as they would be parsed, never as text. */
export function checkArguments(args: readonly string[]): Verdict {
  if (args.some((word) => /[\0\n\r]/.test(word))) return refused('a line end inside an argument');
  const { value: command, problem } = parseArguments(args, flagTableOf);
  if (command === null) return refused(problem);
  const policy = verbPolicies[command.verb];
  if (policy === undefined) return refused(`\`kubectl ${command.verb}\` is not among the verbs that are let through`);
  for (const [name, values] of command.flags) {
    if (values.length > 1 && !repeatable.has(name)) return refused(`--${name} stands there twice`);
  }
  const reason = policy.changes === null ? readReason(command) : changeReason(command, policy.changes);
  return reason === null ? { allowed: true, effect: policy.changes === null ? 'read' : 'change' } : refused(reason);
}

/** The same for a line as a person would paste it into a shell: exactly one `kubectl` command and nothing else. */
export function checkCommandLine(line: string): Verdict {
  const { value: words, problem } = splitWords(line);
  if (words === null) return refused(problem);
  const [program, ...args] = words;
  return program === 'kubectl' ? checkArguments(args) : refused('it does not begin with kubectl');
}
