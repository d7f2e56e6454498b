import { selectionOf } from '../understand/conditions.ts';
import { numberOf } from '../understand/times.ts';
import { type Choice, type Chosen, chosenObject, isRefused } from './chosen-object.ts';
import { splitFilter } from './read-commands.ts';
import { named, placeArgs, pluralIn, type Refusal, refused, scopeArgs, type UnderstoodCommand, unknownWords, type Wording } from './wording.ts';

/**
 * What a sentence after a verb that changes something means. Every word of it must be accounted for: what is left over, or
 * could be two things, is refused.
 */
export const changeCommands: Readonly<Record<string, (wording: Wording) => UnderstoodCommand>> = {
  scale,
  delete: remove,
  rollout,
  cordon: (wording) => onNode('cordon', wording),
  uncordon: (wording) => onNode('uncordon', wording),
  drain: (wording) => onNode('drain', wording),
  label: (wording) => metadata('label', wording),
  annotate: (wording) => metadata('annotate', wording),
  suspend: (wording) => cronJob('suspend', wording),
  unsuspend: (wording) => cronJob('unsuspend', wording),
};

const one = `(?:the |my )?(?:@kind )?(?:called |named )?@obj(?: @kind)?`;
const place = `(?: @ns)?`;

function change(...args: (string | readonly string[])[]): UnderstoodCommand {
  return { args: args.flat(), changes: true };
}

/** The one object of a sentence that has this form and nothing else in it. */
function object(wording: Wording, form: RegExp, kinds: Choice['kinds'], example: string): Chosen {
  if (!form.test(wording.shape) || wording.allNamespaces || wording.exceptNamespace !== null) {
    return unknownWords(wording) ?? refused('Not every word of that is understood, and it would change something.', example);
  }
  return writtenNamespace(wording) ?? chosenObject(wording, { kinds, exact: true });
}

/** A namespace that was guessed from a slip is good enough to look, not to change. */
function writtenNamespace({ namespace, sentence, circumstances }: Wording): Refusal | null {
  if (namespace === null) return null;
  const known = circumstances.vocabulary.namespaces.includes(namespace);
  const written = sentence
    .toLowerCase()
    .split(/[\s,=:/]+/)
    .includes(namespace);
  return known && written
    ? null
    : refused(`There is no namespace of that name.`, ...(known ? [`Did you mean ${namespace}?`] : circumstances.vocabulary.namespaces.slice(0, 5)));
}

const scaled = ['Deployment', 'StatefulSet', 'ReplicaSet'];
const scaleForm = new RegExp(String.raw`^${one}${place} (?:up |down )?to (\w+)(?: replicas?| pods?| instances?| copies| @kind)?${place}$`);
const words: Readonly<Record<string, number>> = { zero: 0, nothing: 0, none: 0 };

function scale(wording: Wording): UnderstoodCommand {
  const chosen = object(wording, scaleForm, scaled, 'qd scale "web to 5"');
  if (isRefused(chosen)) return chosen;
  const said = scaleForm.exec(wording.shape)?.[1] ?? '';
  const replicas = words[said] ?? (/^\d+$/.test(said) ? Number(said) : numberOf(said));
  if (replicas === null || !Number.isInteger(replicas) || said === 'a' || said === 'few' || said === 'couple')
    return refused(`"${said}" is no number of pods.`, 'qd scale "web to 5"');
  return change('scale', named(chosen.object), placeArgs(chosen.object, wording), `--replicas=${replicas}`);
}

const removedForm = new RegExp(`^${one}${place}$`);

function remove(wording: Wording): UnderstoodCommand {
  const { kind, subject } = wording;
  if (subject !== null && subject.matches.length > 0) {
    const chosen = object(wording, removedForm, null, 'qd delete "pod web-1 in shop"');
    if (isRefused(chosen)) return chosen;
    return change('delete', named(chosen.object), placeArgs(chosen.object, wording));
  }
  if (kind === null) return unknownWords(wording) ?? refused('No kind is named.', 'qd delete "failed jobs in shop"');
  return removeMany(wording, kind);
}

/** All of a kind are deleted only where somebody says all. */
const manyForm =
  /^(?:(all|every) )?(?:the |of the |my )*(?:(?:failed|failing|completed|succeeded|finished|evicted) )?@kind(?: (?:that (?:are|have|were) )?(?:failed|completed|succeeded|finished|evicted|older than \w+ ?(?:m|h|d|w|minutes?|hours?|days?|weeks?)))?(?: (?:with (?:the )?labels? |labell?ed (?:with )?|-l )[\w./-]+=[\w.-]+)?(?: @ns)?$/;

function removeMany(wording: Wording, kind: string): UnderstoodCommand {
  const { shape, circumstances } = wording;
  const plural = pluralIn(circumstances.vocabulary, kind);
  const match = manyForm.exec(shape);
  if (match === null || wording.exceptNamespace !== null)
    return unknownWords(wording) ?? refused('Not every word of that is understood, and it would delete something.', 'qd delete "failed jobs in shop"');
  const wrong = writtenNamespace(wording);
  if (wrong !== null) return wrong;
  if (kind === 'Namespace' || kind === 'Node' || kind === 'Workload') return refused(`${plural} are deleted by name.`, `qd delete ${kind.toLowerCase()} NAME`);
  const { where, labels, phase } = condition(wording, kind);
  if (where.length + labels.length + phase.length > 0) return change('delete', plural, scopeArgs(wording), labels, phase, where);
  return match[1] === undefined
    ? refused(`Which ${plural}?`, `qd delete "all ${plural}${wording.namespace === null ? '' : ` in ${wording.namespace}`}"`)
    : change('delete', plural, '--all', scopeArgs(wording));
}

/** The phase that a word for a pod's end is; of other kinds, a term for their rows. */
const phases: Readonly<Record<string, string>> = { failed: 'Failed', failing: 'Failed', completed: 'Succeeded', succeeded: 'Succeeded', finished: 'Succeeded' };
const ends: Readonly<Record<string, string>> = { Failed: 'status:failed', Succeeded: '/complete|succeeded/' };

function condition({ shape, since }: Wording, kind: string): { where: string[]; labels: string[]; phase: string[] } {
  const { labels } = splitFilter(selectionOf(/(?:with|label|-l) .*/.exec(shape)?.[0] ?? '', kind, null).filter);
  const [, count, unit] = /older than (\w+) ?(m|h|d|w)/.exec(shape) ?? [];
  const older = count === undefined || since !== null ? [] : [`age>${numberOf(count) ?? ''}${unit}`];
  const [state = ''] = /\b(?:failed|failing|completed|succeeded|finished|evicted)\b/.exec(shape) ?? [];
  const phase = phases[state];
  if (kind === 'Pod' && phase !== undefined) return { labels, where: whereArgs(older), phase: ['--field-selector', `status.phase=${phase}`] };
  return { labels, where: whereArgs([...(state === 'evicted' ? ['status:evicted'] : phase === undefined ? [] : [ends[phase] ?? '']), ...older]), phase: [] };
}

function whereArgs(terms: readonly string[]): string[] {
  return terms.length === 0 ? [] : ['--where', terms.join(' ')];
}

const rolled = ['Deployment', 'StatefulSet', 'DaemonSet'];
const rollouts: readonly { form: RegExp; verb: string; changes: boolean }[] = [
  { form: new RegExp(`^(?:restart|redeploy|bounce) ${one}${place}$`), verb: 'restart', changes: true },
  {
    form: new RegExp(String.raw`^(?:undo|roll ?back|revert) ${one}${place}(?: to (?:the )?(?:previous(?: revision| version)?|revision (\d+)))?${place}$`),
    verb: 'undo',
    changes: true,
  },
  { form: new RegExp(`^pause (?:the rollout of )?${one}${place}$`), verb: 'pause', changes: true },
  { form: new RegExp(`^(?:resume|unpause|go on with) (?:the rollout of )?${one}${place}$`), verb: 'resume', changes: true },
  { form: new RegExp(`^(?:show )?(?:the )?(?:status|state|progress)(?: of| for)? ${one}${place}$`), verb: 'status', changes: false },
  { form: new RegExp(`^(?:show )?(?:the )?(?:history|revisions)(?: of| for)? ${one}${place}$`), verb: 'history', changes: false },
];

function rollout(wording: Wording): UnderstoodCommand {
  const found = rollouts.find(({ form }) => form.test(wording.shape));
  if (found === undefined)
    return unknownWords(wording) ?? refused('Not every word of that is understood.', 'qd rollout "restart web"', 'qd rollout "undo web to revision 3"');
  const chosen = object(wording, found.form, rolled, 'qd rollout "restart web"');
  if (isRefused(chosen)) return chosen;
  const revision = found.verb === 'undo' ? found.form.exec(wording.shape)?.[1] : undefined;
  return {
    args: ['rollout', found.verb, named(chosen.object), ...placeArgs(chosen.object, wording), ...(revision === undefined ? [] : [`--to-revision=${revision}`])],
    changes: found.changes,
  };
}

function onNode(verb: 'cordon' | 'uncordon' | 'drain', wording: Wording): UnderstoodCommand {
  const form =
    verb === 'drain' ? new RegExp(`^${one}(?: (?:but )?(?:ignoring|ignore|without|leaving) (?:the )?(?:@kind|daemon ?sets?))?$`) : new RegExp(`^${one}$`);
  const chosen = object(wording, form, ['Node'], `qd ${verb} "worker-1"`);
  if (isRefused(chosen)) return chosen;
  return change(verb, chosen.object.name, verb === 'drain' && /\b(?:ignor|without|leaving)/.test(wording.shape) ? ['--ignore-daemonsets'] : []);
}

const setForm = new RegExp(String.raw`^${one}${place} (?:with |as )?([\w./-]+=[\w.@:-]*)${place}$`);
const takeForm = new RegExp(String.raw`^(?:remove |without |take )([\w./-]+)(?: (?:away )?from)? ${one}${place}$`);

function metadata(verb: 'label' | 'annotate', wording: Wording): UnderstoodCommand {
  const set = /([\w./-]+=[\w.@:-]*)/.exec(wording.sentence)?.[1];
  const isTaken = takeForm.test(wording.shape);
  const chosen = object(wording, isTaken ? takeForm : setForm, null, `qd ${verb} "deployment web with tier=front"`);
  if (isRefused(chosen)) return chosen;
  const entry = isTaken ? `${takeForm.exec(wording.shape)?.[1] ?? ''}-` : (set ?? '');
  return change(verb, named(chosen.object), entry, placeArgs(chosen.object, wording));
}

function cronJob(verb: 'suspend' | 'unsuspend', wording: Wording): UnderstoodCommand {
  const chosen = object(wording, removedForm, ['CronJob'], `qd ${verb} "nightly-report"`);
  if (isRefused(chosen)) return chosen;
  return change(verb, named(chosen.object), placeArgs(chosen.object, wording));
}
