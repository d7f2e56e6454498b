import { fieldOf, goText, isTrue, templateFunction } from './go-template-functions.ts';
import { type Piece, piecesOf, type Word, wordsOf, wrongTemplate } from './go-template-tokens.ts';
import { isRecord } from './kube-text.ts';

type Node =
  | { type: 'text'; text: string }
  | { type: 'print'; words: Word[] }
  | { type: 'set'; name: string; words: Word[] }
  | { type: 'block'; keyword: 'if' | 'range' | 'with'; variables: string[]; words: Word[]; body: Node[]; otherwise: Node[] };

interface Scope {
  root: unknown;
  dot: unknown;
  variables: Map<string, unknown>;
}

/** The part of Go's text/template that kubectl users write. Throws VALIDATION_ERROR for what is not known. */
export function goTemplate(template: string): (root: unknown) => string {
  const pieces = piecesOf(template);
  const { nodes, closing: left } = parse(pieces);
  if (left !== '') throw wrongTemplate('end', 'it closes nothing');
  return (root) => render(nodes, { root, dot: root, variables: new Map([['$', root]]) });
}

function parse(pieces: readonly Piece[]): { nodes: Node[]; closing: string; rest: readonly Piece[] } {
  const nodes: Node[] = [];
  let left = pieces;
  for (;;) {
    const [piece, ...after] = left;
    if (piece === undefined) return { nodes, closing: '', rest: [] };
    left = after;
    if (piece.type === 'text') {
      nodes.push(piece);
      continue;
    }
    const [, keyword = ''] = /^(\w+)/.exec(piece.text) ?? [];
    if (keyword === 'end' || keyword === 'else') return { nodes, closing: piece.text, rest: after };
    if (keyword !== 'if' && keyword !== 'range' && keyword !== 'with') {
      nodes.push(printed(piece.text));
      continue;
    }
    const block = blockOf(keyword, piece.text.slice(keyword.length), after);
    nodes.push(block.node);
    left = block.rest;
  }
}

function blockOf(keyword: 'if' | 'range' | 'with', head: string, after: readonly Piece[]): { node: Node; rest: readonly Piece[] } {
  const { variables, words } = assigned(wordsOf(head));
  const body = parse(after);
  const node = { type: 'block' as const, keyword, variables, words, body: body.nodes, otherwise: [] };
  if (body.closing === 'end') return { node, rest: body.rest };
  if (body.closing === 'else') {
    const otherwise = parse(body.rest);
    if (otherwise.closing === 'end') return { node: { ...node, otherwise: otherwise.nodes }, rest: otherwise.rest };
  }
  const chained = /^else\s+(if|with)\b(.*)$/s.exec(body.closing);
  if (chained === null) throw wrongTemplate(`${keyword}${head}`, 'it is not closed with {{end}}');
  const inner = blockOf(chained[1] === 'if' ? 'if' : 'with', chained[2] ?? '', body.rest);
  return { node: { ...node, otherwise: [inner.node] }, rest: inner.rest };
}

function printed(text: string): Node {
  const { variables, words } = assigned(wordsOf(text));
  const [name] = variables;
  return name === undefined ? { type: 'print', words } : { type: 'set', name, words };
}

/** `$index, $item := …` */
function assigned(words: Word[]): { variables: string[]; words: Word[] } {
  const place = words.findIndex((word) => word.type === 'mark' && (word.mark === ':=' || word.mark === '='));
  if (place < 0) return { variables: [], words };
  return { variables: words.slice(0, place).flatMap((word) => (word.type === 'variable' ? word.name : [])), words: words.slice(place + 1) };
}

function render(nodes: readonly Node[], scope: Scope): string {
  return nodes.map((node) => renderNode(node, scope)).join('');
}

function renderNode(node: Node, scope: Scope): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'print') return goText(pipeline(node.words, scope));
  if (node.type === 'set') {
    scope.variables.set(node.name, pipeline(node.words, scope));
    return '';
  }
  const value = pipeline(node.words, scope);
  if (!isTrue(value)) return render(node.otherwise, scope);
  if (node.keyword === 'range')
    return rangeOf(value)
      .map(([key, item]) => render(node.body, inner(scope, item, node.variables, [key, item])))
      .join('');
  return render(node.body, inner(scope, node.keyword === 'with' ? value : scope.dot, node.variables, [value]));
}

function rangeOf(value: unknown): [unknown, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  if (!isRecord(value)) return [];
  return Object.keys(value)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((key) => [key, value[key]]);
}

/** One variable is the value; of two the first is its key. */
function inner(scope: Scope, dot: unknown, names: readonly string[], values: readonly unknown[]): Scope {
  const variables = new Map(scope.variables);
  const given = names.length < values.length ? values.slice(values.length - names.length) : values;
  for (const [index, name] of names.entries()) variables.set(name, given[index]);
  return { ...scope, dot, variables };
}

function pipeline(words: readonly Word[], scope: Scope): unknown {
  const stages = splitAt(words, '|');
  return stages.reduce<{ value: unknown } | null>((before, stage) => ({ value: call(stage, scope, before) }), null)?.value;
}

function call(words: readonly Word[], scope: Scope, piped: { value: unknown } | null): unknown {
  const [first] = words;
  const values = valuesOf(first?.type === 'name' ? words.slice(1) : words, scope);
  const all = piped === null ? values : [...values, piped.value];
  if (first?.type !== 'name') return all[0];
  const run = templateFunction(first.name);
  if (run === undefined) throw wrongTemplate(first.name, 'there is no such function');
  return run(all);
}

/** Brackets hold a pipeline of their own. */
function valuesOf(words: readonly Word[], scope: Scope): unknown[] {
  const values: unknown[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word?.type !== 'mark') {
      if (word !== undefined) values.push(wordValue(word, scope));
      continue;
    }
    const close = closing(words, at);
    values.push(pipeline(words.slice(at + 1, close), scope));
    at = close;
  }
  return values;
}

function wordValue(word: Word, { dot, variables }: Scope): unknown {
  if (word.type === 'literal') return word.value;
  if (word.type === 'field') return word.path.reduce(fieldOf, dot);
  if (word.type === 'variable') return word.path.reduce(fieldOf, variables.get(word.name));
  if (word.type === 'name') return templateFunction(word.name)?.([]);
  return undefined;
}

function closing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at += 1) {
    const word = words[at];
    if (word?.type !== 'mark') continue;
    if (word.mark === '(') depth += 1;
    if (word.mark === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw wrongTemplate('(', 'a bracket is not closed');
}

function splitAt(words: readonly Word[], mark: '|'): Word[][] {
  const parts: Word[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (word.type === 'mark' && word.mark === '(') depth += 1;
    if (word.type === 'mark' && word.mark === ')') depth -= 1;
    if (word.type === 'mark' && word.mark === mark && depth === 0) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}
