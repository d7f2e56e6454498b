import { parseDocument, stringify } from 'yaml';
import type { CutText } from './cut.ts';

/** How hard is cut. */
interface Cutting {
  /** Longer lists and texts keep so much of their beginning. */
  list: number;
  text: number;
  /** Deeper maps are left out, but for those of the status. */
  depth: number;
  metadata: readonly string[];
}

const names = ['name', 'namespace', 'labels', 'annotations', 'ownerReferences', 'deletionTimestamp', 'finalizers'];
const steps: readonly Cutting[] = [
  { list: 40, text: 600, depth: 20, metadata: names },
  { list: 12, text: 240, depth: 20, metadata: names.filter((name) => name !== 'annotations') },
  { list: 6, text: 160, depth: 9, metadata: ['name', 'namespace', 'labels', 'deletionTimestamp'] },
  { list: 4, text: 120, depth: 6, metadata: ['name', 'namespace', 'deletionTimestamp'] },
  { list: 2, text: 80, depth: 3, metadata: ['name', 'namespace'] },
];

/**
 * An object in YAML or JSON, with as much of it as there is room for: bookkeeping goes first, then the ends of long lists
 * and texts, then what lies deep; the status stays longest. Still YAML or JSON. Null for what can't be parsed.
 */
export function cutStructure(text: string, form: 'yaml' | 'json', room: number): CutText | null {
  const value = parse(text, form);
  if (value === null) return null;
  for (const step of steps) {
    const left = new Set<string>();
    const less = cutValue(value, step, { path: '', depth: 0, inStatus: false, left });
    // YAML takes long to print, and is about as long as JSON.
    if (form === 'yaml' && JSON.stringify(less).length * 0.7 > room) continue;
    const shown = print(less, form);
    if (shown.length <= room) return { text: shown, left: left.size === 0 ? 'white space' : [...left].slice(0, 8).join(', ') };
  }
  const status =
    isMap(value) && value.status !== undefined
      ? print(
          { kind: value.kind, status: cutValue(value.status, steps[3] ?? steps[0] ?? lastStep, { path: 'status', depth: 0, inStatus: true, left: new Set() }) },
          form,
        )
      : '';
  return status !== '' && status.length <= room ? { text: status, left: 'everything but the status' } : null;
}

const lastStep: Cutting = { list: 2, text: 80, depth: 3, metadata: ['name', 'namespace'] };

interface Place {
  path: string;
  depth: number;
  inStatus: boolean;
  /** What was left out, for people. */
  left: Set<string>;
}

function cutValue(value: unknown, step: Cutting, place: Place): unknown {
  if (typeof value === 'string') return cutWords(value, place.inStatus ? step.text * 3 : step.text, place);
  if (Array.isArray(value)) return cutList(value, step, place);
  if (!isMap(value)) return value;
  if (place.depth > step.depth && !place.inStatus) return leaveOut(place, '{…}');
  const entries = Object.entries(value).filter(([key]) => keeps(key, step, place));
  return Object.fromEntries(
    entries.map(([key, field]) => {
      const path = place.path === '' ? key : `${place.path}.${key}`;
      return [key, cutValue(field, step, { ...place, path, depth: place.depth + 1, inStatus: place.inStatus || path === 'status' })];
    }),
  );
}

const bookkeeping = /^(?:managedFields|uid|resourceVersion|generation|selfLink|creationTimestamp|generateName|f:.*)$/;

function keeps(key: string, { metadata }: Cutting, place: Place): boolean {
  const kept = !bookkeeping.test(key) && (place.path !== 'metadata' || metadata.includes(key)) && key !== 'kubectl.kubernetes.io/last-applied-configuration';
  if (!kept && !bookkeeping.test(key)) place.left.add(`${place.path}.${key}`);
  return kept;
}

/** The end of a list in a status is the newest. */
function cutList(list: readonly unknown[], step: Cutting, place: Place): unknown[] {
  const inside = { ...place, depth: place.depth + 1 };
  if (list.length <= step.list) return list.map((item) => cutValue(item, step, inside));
  place.left.add(`${list.length - step.list} of ${list.length} ${place.path}`);
  const kept = place.inStatus ? list.slice(-step.list) : list.slice(0, step.list);
  return [...kept.map((item) => cutValue(item, step, inside)), `… ${list.length - step.list} more`];
}

function cutWords(text: string, room: number, place: Place): string {
  if (text.length <= room) return text;
  place.left.add(`${text.length - room} characters of ${place.path}`);
  return `${text.slice(0, Math.ceil(room * 0.7))} … ${text.slice(-Math.floor(room * 0.3))}`;
}

function leaveOut(place: Place, mark: string): string {
  place.left.add(place.path);
  return mark;
}

function parse(text: string, form: 'yaml' | 'json'): unknown {
  if (form === 'yaml') {
    const document = parseDocument(text, { logLevel: 'silent' });
    return document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 100 });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function print(value: unknown, form: 'yaml' | 'json'): string {
  return form === 'json' ? JSON.stringify(value) : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
