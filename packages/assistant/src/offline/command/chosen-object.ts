import { kindWords } from '../understand/kind-words.ts';
import type { NamedObject } from '../understand/question.ts';
import { named, type Refusal, refused, type Wording } from './wording.ts';

/** The object that a sentence names, if it is one alone. */
export type Chosen = { object: NamedObject } | Refusal;

export interface Choice {
  /** Of which kinds it may be, the likeliest first; null: any. */
  kinds: readonly string[] | null;
  /** Whether the name must be the whole name as it stands: for whatever changes something. */
  exact: boolean;
}

/** Refuses what names nothing, something else, or several things. */
export function chosenObject(wording: Wording, { kinds, exact }: Choice): Chosen {
  const { subject } = wording;
  if (subject === null) return refused('No object is named.');
  if (subject.matches.length === 0) return refused(`Nothing here is called "${subject.text}".`, ...subject.near.map((name) => `Did you mean ${name}?`));
  const saidKind = kindBeside(wording);
  const ofKind = fitting(wording, kinds).filter(({ kind }) => saidKind === null || kind === saidKind);
  const whole = ofKind.filter(({ name }) => name === subject.text.toLowerCase().replaceAll(' ', '-'));
  const meant = exact || whole.length > 0 ? whole : ofKind;
  if (meant.length === 0) return notWhole(subject.text, kinds, ofKind.length > 0 ? ofKind : subject.matches);
  const here = meant.filter(({ namespace }) => namespace === wording.circumstances.namespace || namespace === null);
  const near = here.length > 0 ? here : meant;
  // To look, the likeliest will do; to change, one must be left.
  const [only, ...more] = exact || kinds !== null ? likeliest(near, kinds) : near.slice(0, 1);
  if (only !== undefined && more.length === 0) return { object: only };
  const several = near.map((match) => `${named(match)}${match.namespace === null ? '' : ` in ${match.namespace}`}`).join(', ');
  return refused(`"${subject.text}" is several: ${several}.`, 'Name its kind and its namespace.');
}

/** Those of the kinds that may be meant, in the namespace that is said. */
function fitting({ subject, namespace }: Wording, kinds: Choice['kinds']): NamedObject[] {
  const isThere = (match: NamedObject) => namespace === null || match.namespace === null || match.namespace === namespace;
  return (subject?.matches ?? []).filter((match) => (kinds === null || kinds.includes(match.kind)) && isThere(match));
}

function notWhole(text: string, kinds: Choice['kinds'], others: readonly NamedObject[]): Refusal {
  const suggestions = others.slice(0, 3).map((match) => `Did you mean ${named(match)}?`);
  return refused(`"${text}" is not the whole name of ${kinds === null ? 'an object' : `a ${kinds.join(', ')}`} here.`, ...suggestions);
}

function likeliest(objects: readonly NamedObject[], kinds: readonly string[] | null): NamedObject[] {
  const kind = kinds?.find((each) => objects.some((object) => object.kind === each));
  return objects.filter((object) => kind === undefined || object.kind === kind);
}

/** The kind that stands beside the name: `deployment web`, `web deployment`, `pod/web-0`. */
function kindBeside({ sentence, circumstances, subject }: Wording): string | null {
  const words = sentence.toLowerCase().split(/[\s/]+/);
  const name = subject?.text.toLowerCase().split(' ') ?? [];
  const at = words.findIndex((word, index) => word === name[0] && name.every((part, offset) => words[index + offset] === part));
  const kinds = kindWords(circumstances.vocabulary.kinds);
  const after = words[at + name.length] ?? '';
  const beside = [words.slice(Math.max(0, at - 2), at).join(' '), words[at - 1] ?? '', `${after} ${words[at + name.length + 1] ?? ''}`, after];
  return at < 0 ? null : (beside.map((word) => kinds.get(word)).find((kind) => kind !== undefined) ?? null);
}

export function isRefused(chosen: Chosen): chosen is Refusal {
  return 'refused' in chosen;
}
