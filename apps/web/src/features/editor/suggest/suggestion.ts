import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Messages } from '../../../messages/language.ts';
import { keyOf, type Mark } from '../schema/check-document.ts';
import type { YamlDocument } from '../schema/yaml-documents.ts';

/** A text that would take the place of what stands between two offsets. */
export interface Suggestion {
  from: number;
  to: number;
  insert: string;
  /** What it is for, in a few words. */
  label: string;
  /** `check`: from schema and good practice; else the model that wrote it. */
  by: 'check' | { model: string };
}

export interface Cursor {
  position: number;
  /** Of the line that it is in. */
  line: { from: number; to: number; text: string };
}

type Words = Messages['editor']['suggest'];

/** Pure. What the checks would do at the cursor: mend what is wrong in its line, else add what a container lacks. */
export function suggestionAt(text: string, documents: readonly YamlDocument[], marks: readonly Mark[], cursor: Cursor, words: Words): Suggestion | null {
  return fixAt(marks, cursor, words) ?? missingAt(text, documents, cursor, words);
}

function fixAt(marks: readonly Mark[], { line }: Cursor, words: Words): Suggestion | null {
  const mark = marks.find(({ fix, from }) => fix !== undefined && from >= line.from && from <= line.to);
  return mark?.fix === undefined ? null : { from: mark.from, to: mark.to, insert: mark.fix, label: words.fix(mark.fix), by: 'check' };
}

function missingAt(text: string, documents: readonly YamlDocument[], cursor: Cursor, words: Words): Suggestion | null {
  for (const container of documents.flatMap(({ root }) => containersOf(root))) {
    const place = placeAfter(text, container, cursor);
    const lacks = place === null ? null : lackOf(container, words);
    if (place !== null && lacks !== null) {
      const { indent, from, to, newLine } = place;
      const block = lacks.lines.map((each) => `${' '.repeat(indent)}${each}`).join('\n');
      return { from, to, insert: `${newLine ? '\n' : ''}${block}`, label: lacks.label, by: 'check' };
    }
  }
  return null;
}

/** Where the next field of a container would stand, if the cursor is there: at the end of its last line, or on a blank one below. */
function placeAfter(text: string, container: YAMLMap, { position, line }: Cursor): { indent: number; from: number; to: number; newLine: boolean } | null {
  const [first, end] = [container.items[0], endOf(container)];
  const start = first === undefined ? null : rangeOf(first.key);
  if (start === null || end === null || container.flow === true) return null;
  const indent = start.from - (text.lastIndexOf('\n', start.from - 1) + 1);
  if (position !== line.to || position < end) return null;
  const between = text.slice(end, position);
  if (between.trim() !== '' && !between.trim().startsWith('#')) return null;
  if (line.from <= end) return { indent, from: position, to: position, newLine: true };
  return line.text.trim() === '' ? { indent, from: line.from, to: line.to, newLine: false } : null;
}

function lackOf(container: YAMLMap, words: Words): { lines: readonly string[]; label: string } | null {
  if (!container.has('image')) return null;
  if (!container.has('resources'))
    return { lines: ['resources:', '  requests:', '    cpu: 100m', '    memory: 128Mi', '  limits:', '    memory: 256Mi'], label: words.resources };
  const port = firstPort(container);
  if (port === null || container.has('readinessProbe')) return null;
  return { lines: ['readinessProbe:', '  tcpSocket:', `    port: ${port}`], label: words.probe };
}

function firstPort(container: YAMLMap): number | null {
  const ports = container.get('ports');
  const first = isSeq(ports) ? ports.items[0] : undefined;
  const port = isMap(first) ? first.get('containerPort') : undefined;
  return typeof port === 'number' ? port : null;
}

/** Of a pod or of whatever has a template of one. */
function containersOf(root: unknown): YAMLMap[] {
  const spec = within(root, 'spec');
  const job = within(within(spec, 'jobTemplate'), 'spec');
  const template = within(within(spec, 'template'), 'spec') ?? within(within(job, 'template'), 'spec');
  const listed = within(template ?? spec, 'containers');
  return isSeq(listed) ? listed.items.filter((item) => isMap(item)) : [];
}

function within(node: unknown, key: string): unknown {
  return isMap(node) ? node.items.find((pair) => keyOf(pair) === key)?.value : undefined;
}

/** Behind the last thing that stands in it. */
function endOf(node: YAMLMap): number | null {
  const last: Pair | undefined = node.items.at(-1);
  if (last === undefined) return null;
  const { value } = last;
  if (isMap(value) && value.flow !== true) return endOf(value);
  if (isSeq(value) && value.flow !== true) {
    const item = value.items.at(-1);
    return isMap(item) && item.flow !== true ? endOf(item) : (rangeOf(item)?.to ?? null);
  }
  return rangeOf(value)?.to ?? rangeOf(last.key)?.to ?? null;
}

function rangeOf(node: unknown): { from: number; to: number } | null {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
  return range == null ? null : { from: range[0], to: range[1] };
}
