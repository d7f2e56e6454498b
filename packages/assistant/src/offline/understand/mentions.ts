import { nearMiss } from '@quarterdeck/diagnosis';
import { reasons } from '../explain/reasons.ts';
import { NameIndex, ranked, systemNamespaces } from './find-names.ts';
import { anyWorkload, kindWords, workloadKinds } from './kind-words.ts';
import { isKnownWord, mendedWord } from './lexicon.ts';
import type { NamedObject, Subject, Vocabulary } from './question.ts';
import type { Token } from './tokens.ts';

/** What a question names, and its words with placeholders for that: `why is @obj failing in @ns`. */
export interface Mentions {
  shape: string;
  subject: Subject | null;
  /** A kind that stands for itself, not for an object: `pods`. */
  kind: string | null;
  /** Null where none is named. */
  namespace: string | null;
  allNamespaces: boolean;
  /** `not in shop`: every other one is meant. */
  exceptNamespace: string | null;
  /** Words that are neither of the language nor of the cluster. */
  unknown: readonly string[];
}

interface Piece extends Token {
  shape: string;
  kind?: string;
  objects?: readonly NamedObject[];
  /** The names to choose from, where one of several is meant. */
  choices?: readonly string[];
}

/** Finds kinds, objects and namespaces in the words of a question; `namespace` is the one that is looked at. */
export function findMentions(tokens: readonly Token[], vocabulary: Vocabulary, namespace: string | null): Mentions {
  const names = new NameIndex(vocabulary);
  const words = kindWords(vocabulary.kinds);
  const scoped = withNamespace(tokens, vocabulary);
  const looked = scoped.namespace ?? (scoped.all ? null : namespace);
  const named = withNames(withSlashes(withKinds(scoped.pieces, words, names), words, names), names).map((piece) => mended(piece, words));
  const pieces = withTheOnlyOne(named, vocabulary, looked);
  const subject = subjectOf(pieces, names, looked);
  return {
    shape: pieces.map(({ shape }) => shape).join(' '),
    subject,
    kind: pieces.find((piece, index) => piece.kind !== undefined && !standsByName(pieces, index))?.kind ?? null,
    namespace: scoped.namespace,
    allNamespaces: scoped.all,
    exceptNamespace: scoped.except,
    unknown: pieces.filter(isUnknown).map(({ raw }) => raw),
  };
}

function plain(token: Token): Piece {
  return { ...token, shape: token.text };
}

const prepositions = new Set(['in', 'from', 'of', 'inside', 'within', 'for', 'on', 'across', 'under', 'to', 'outside', 'except', 'excluding']);
const denials = new Set(['not', 'outside', 'except', 'excluding', 'without', 'but']);

interface Scoped {
  pieces: Piece[];
  namespace: string | null;
  all: boolean;
  except: string | null;
}

function withNamespace(tokens: readonly Token[], { namespaces }: Vocabulary): Scoped {
  const all = tokens.findIndex(
    ({ text }, index) => /^(all|every|any|each|whole|entire)$/.test(text) && /^(namespaces?|ns|cluster)$/.test(tokens[index + 1]?.text ?? ''),
  );
  if (all >= 0) return { pieces: tokens.filter((_, index) => index !== all && index !== all + 1).map(plain), namespace: null, all: true, except: null };
  for (const index of tokens.keys()) {
    const found = namespaceAt(tokens, index, namespaces);
    if (found === null) continue;
    const denied = index > 0 && denials.has(tokens[index - 1]?.text ?? '') ? 1 : 0;
    const isExcept = denied === 1 || denials.has(tokens[index]?.text ?? '');
    const pieces = [
      ...tokens.slice(0, index - denied).map(plain),
      { raw: found.name, text: found.name, shape: '@ns' },
      ...tokens.slice(index + found.length).map(plain),
    ];
    return isExcept ? { pieces, namespace: null, all: true, except: found.name } : { pieces, namespace: found.name, all: false, except: null };
  }
  return { pieces: tokens.map(plain), namespace: null, all: false, except: null };
}

/** `-n shop`, `in namespace shop`, `in the shop namespace`, `in shop`: what they name, and how many words that takes. */
function namespaceAt(tokens: readonly Token[], index: number, known: readonly string[]): { name: string; length: number } | null {
  const word = (offset: number) => tokens[index + offset]?.text ?? '';
  const named = (name: string) => (known.includes(name) ? name : (nearMiss(name, known) ?? name));
  if (/^(-n|--namespace)$/.test(word(0)) && word(1) !== '') return { name: named(word(1)), length: 2 };
  const flag = /^(?:--namespace|namespace|ns)[=:](.+)$/.exec(word(0))?.[1];
  if (flag !== undefined) return { name: named(flag), length: 1 };
  if (!prepositions.has(word(0))) return null;
  const article = word(1) === 'the' ? 2 : 1;
  if (/^(namespace|ns)$/.test(word(article)) && word(article + 1) !== '') return { name: named(word(article + 1)), length: article + 2 };
  const name = word(article);
  if (/^(namespace|ns)$/.test(word(article + 1)) && name !== '' && !/^(this|that|my|which|what|each)$/.test(name))
    return { name: named(name), length: article + 2 };
  const close = known.includes(name) ? name : isKnownWord(name) || name.length < 4 ? null : nearMiss(name, known);
  // `logs of api`: an object of that name is likelier than a namespace.
  return close === null || !/^(in|inside|within|from|across|outside|except|excluding)$/.test(word(0)) ? null : { name: close, length: article + 1 };
}

function withKinds(pieces: readonly Piece[], words: ReadonlyMap<string, string>, names: NameIndex): Piece[] {
  const found: Piece[] = [];
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index];
    if (piece === undefined) break;
    const length = piece.shape.startsWith('@')
      ? 0
      : (kindLengths.find((count) => words.has(joined(pieces, index, count, ' ')) && !endsInName(pieces, index, count)) ?? 0);
    const kind = length === 0 ? undefined : words.get(joined(pieces, index, length, ' '));
    found.push(kind === undefined ? piece : { raw: piece.raw, text: joined(pieces, index, length, ' '), shape: '@kind', kind });
    index += Math.max(1, length);
  }
  return found;

  /** `service accounts` where there is a Service called accounts, `deployment jobs` where there is such a Deployment. */
  function endsInName(all: readonly Piece[], index: number, count: number): boolean {
    const last = all[index + count - 1]?.text ?? '';
    const before = words.get(all[index + count - 2]?.text ?? '');
    return before !== undefined && names.exact(last).some(({ kind }) => kind === before);
  }
}

/** Kinds have names of up to four words. */
const kindLengths = [4, 3, 2, 1];

/** `deploy/web`, `shop/web`, `pod/shop/web-0`. */
function withSlashes(pieces: readonly Piece[], words: ReadonlyMap<string, string>, names: NameIndex): Piece[] {
  return pieces.map((piece) => {
    const parts = piece.text.split('/');
    const name = parts.at(-1) ?? '';
    if (parts.length < 2 || parts.length > 3 || parts.some((part) => part === '')) return piece;
    const kind = words.get(parts[0] ?? '');
    const namespace = kind === undefined || parts.length === 3 ? parts.at(-2) : undefined;
    const fitting = names.exact(name).filter((object) => namespace === undefined || object.namespace === namespace);
    const objects = fitting.some((object) => object.kind === kind) ? fitting.filter((object) => object.kind === kind) : fitting;
    return { ...piece, text: name, shape: '@obj', objects };
  });
}

function withNames(pieces: readonly Piece[], names: NameIndex): Piece[] {
  const found: Piece[] = [];
  const kinds = pieces.flatMap(({ kind }) => kind ?? []);
  for (let index = 0; index < pieces.length; ) {
    const piece = pieces[index];
    if (piece === undefined) break;
    const match = piece.shape.startsWith('@') ? null : nameAt(pieces, index, names, kinds);
    found.push(match === null ? piece : { raw: match.raw, text: match.raw, shape: '@obj', objects: match.objects });
    index += match?.length ?? 1;
  }
  return found;
}

/** `oomkilled` is a part of the name `res-oomkilled` and hardly ever meant as one. */
const reasonWords = new Set(reasons.map(({ name }) => name.toLowerCase()));

interface NamedPieces {
  raw: string;
  objects: readonly NamedObject[];
  length: number;
}

/** `payment api` is the object payment-api. */
function longNameAt(pieces: readonly Piece[], index: number, names: NameIndex): NamedPieces | null {
  for (const length of [3, 2]) {
    if (pieces.slice(index, index + length).some(({ shape }) => shape.startsWith('@'))) continue;
    const objects = names.exact(joined(pieces, index, length, '-'));
    if (objects.length > 0) return { raw: joined(pieces, index, length, ' '), objects, length };
  }
  return null;
}

function nameAt(pieces: readonly Piece[], index: number, names: NameIndex, kinds: readonly string[]): NamedPieces | null {
  const long = longNameAt(pieces, index, names);
  if (long !== null) return long;
  const piece = pieces[index];
  if (piece === undefined) return null;
  const beside = [pieces[index - 1], pieces[index + 1]].some((neighbour) => neighbour?.kind !== undefined);
  if (isKnownWord(piece.text) && !beside) return null;
  const exact = names.exact(piece.text);
  const meant = ofNamedKind(pieces, index, exact, names);
  if (meant.length > 0) return { raw: piece.raw, objects: meant, length: 1 };
  if (exact.length > 0) return { raw: piece.raw, objects: exact, length: 1 };
  if (isKnownWord(piece.text) || reasonWords.has(piece.text) || /^\d/.test(piece.text)) return null;
  const partial = names.partial(piece.text, kinds);
  if (partial.length > 0) return { raw: piece.raw, objects: partial, length: 1 };
  if (mendedWord(piece.text) !== null && !beside) return null;
  const misspelt = names.misspelt(piece.text);
  return misspelt.length === 0 ? null : { raw: piece.raw, objects: misspelt, length: 1 };
}

/** `the redis claim` is the claim redis-data, never the Deployment redis. */
function ofNamedKind(pieces: readonly Piece[], index: number, exact: readonly NamedObject[], names: NameIndex): readonly NamedObject[] {
  const kind = [pieces[index - 1], pieces[index + 1]].find((neighbour) => neighbour?.kind !== undefined && isOne(neighbour.text))?.kind;
  const isThere = kind === undefined || exact.some((object) => object.kind === kind);
  return isThere ? [] : names.ofKind(pieces[index]?.text ?? '', kind);
}

function mended(piece: Piece, words: ReadonlyMap<string, string>): Piece {
  if (piece.shape.startsWith('@')) return piece;
  const word = mendedWord(
    piece.text,
    [...words.keys()].filter((each) => each.length > 3 && !each.includes(' ')),
  );
  if (word === null) return piece;
  const kind = words.get(word);
  return kind === undefined ? { ...piece, shape: word } : { ...piece, text: word, shape: '@kind', kind };
}

function subjectOf(pieces: readonly Piece[], names: NameIndex, namespace: string | null): Subject | null {
  const index = pieces.findIndex(({ objects }) => objects !== undefined);
  const piece = pieces[index];
  if (piece?.objects !== undefined) {
    const kind = [pieces[index - 1], pieces[index + 1]].find((each) => each?.kind !== undefined)?.kind ?? null;
    if (piece.choices !== undefined) return { text: piece.text, matches: [], near: piece.choices, oneOfSeveral: true };
    return { text: piece.raw, matches: ranked(piece.objects, kind, namespace), near: piece.objects.length === 0 ? names.near(piece.text) : [] };
  }
  const unknown = pieces.find(isUnknown);
  return unknown === undefined ? null : { text: unknown.raw, matches: [], near: names.near(unknown.text) };
}

/** `the config map`: the one that is in trouble, else the only one that is not the system's; of several the names. */
function withTheOnlyOne(pieces: readonly Piece[], { objects, troubled }: Vocabulary, namespace: string | null): Piece[] {
  const index = pieces.findIndex(({ kind, text }, at) => kind !== undefined && isOne(text) && pieces[at - 1]?.text === 'the');
  const { kind, text } = pieces[index] ?? {};
  const isGeneral = /^(?:how|explain|define|list)$/.test(pieces[0]?.text ?? '') || pieces.some((piece) => piece.objects !== undefined);
  if (kind === undefined || text === undefined || isGeneral) return [...pieces];
  const fits = (object: NamedObject) => isOfKind(object, kind) && (namespace === null || object.namespace === null || object.namespace === namespace);
  const own = troubled.filter(fits);
  // A pod that is well may be one of a workload that is not.
  const inTrouble = own.length > 0 || kind !== 'Pod' ? own : objects.filter((object) => fits(object) && troubled.some((part) => mayOwn(part, object)));
  const matches = inTrouble.length > 0 ? inTrouble.slice(0, 1) : objects.filter((object) => fits(object) && !isOfSystem(object));
  if (matches.length === 0) return [...pieces];
  const piece: Piece = { raw: text, text, shape: '@obj', objects: matches };
  const choices = [...new Set(matches.map(({ name }) => name))].slice(0, mostChoices);
  return pieces.with(index, matches.length === 1 ? piece : { ...piece, objects: [], choices });
}

function mayOwn(workload: NamedObject, { namespace, name }: NamedObject): boolean {
  return workloadKinds.includes(workload.kind) && workload.namespace === namespace && name.startsWith(`${workload.name}-`);
}

const mostChoices = 8;

/** Whether a word for a kind stands for one object of it. */
function isOne(word: string): boolean {
  return !/[^s]s$/.test(word) || /(?:ingress|class|dns)$/.test(word);
}

function isOfKind({ kind }: NamedObject, asked: string): boolean {
  return asked === anyWorkload ? workloadKinds.includes(kind) : kind === asked;
}

function isOfSystem({ namespace, name }: NamedObject): boolean {
  return (namespace !== null && systemNamespaces.has(namespace)) || name === 'kube-root-ca.crt' || (namespace === 'default' && name === 'kubernetes');
}

function standsByName(pieces: readonly Piece[], index: number): boolean {
  return [pieces[index - 1], pieces[index + 1]].some((piece) => piece?.objects !== undefined && piece.objects.length > 0);
}

function isUnknown({ shape, text }: Piece): boolean {
  return !shape.startsWith('@') && shape === text && !isKnownWord(text) && /^[a-z][a-z0-9.-]+$/.test(text);
}

function joined(pieces: readonly Piece[], index: number, count: number, by: string): string {
  return pieces
    .slice(index, index + count)
    .map(({ text }) => text)
    .join(by);
}
