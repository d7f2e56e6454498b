import { alignedColumns } from '../print/aligned-columns.ts';
import { isRecord, type KubeRecord } from '../print/kube-text.ts';
import { interval } from './event-lines.ts';
import { isSecret } from './secret-values.ts';
import { metadataOf } from './server-table.ts';

/** An object for people: what it is, its fields under their names, and what happened to it. Values of Secrets are counted, not shown. */
export function description(object: KubeRecord, events: readonly KubeRecord[] | null, now: number): string {
  const { metadata: _named, apiVersion, kind, ...fields } = object;
  const { name, namespace, labels, annotations, managedFields: _who, ...rest } = metadataOf(object);
  const head = [
    ['Name', String(name)],
    ...(namespace === undefined ? [] : [['Namespace', String(namespace)]]),
    ...pairs('Labels', labels, '='),
    ...pairs('Annotations', annotations, ': '),
    ['API Version', String(apiVersion)],
    ['Kind', String(kind)],
  ];
  const width = Math.max(...head.map(([title = '']) => title.length)) + 3;
  const top = head.map(([title = '', text]) => `${(title === '' ? '' : `${title}:`).padEnd(width)}${text}`);
  const shown = isSecret(object) ? { ...fields, data: sizes(fields.data) } : fields;
  return `${[...top, 'Metadata:', ...fieldLines(rest, 1), ...fieldLines(shown, 0)].join('\n')}\n${eventText(events, now)}`;
}

function pairs(title: string, entries: unknown, by: string): string[][] {
  const all = isRecord(entries) ? Object.entries(entries).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration') : [];
  if (all.length === 0) return [[title, '<none>']];
  return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value], index) => [index === 0 ? title : '', `${key}${by}${String(value)}`]);
}

function sizes(data: unknown): KubeRecord {
  const entries = isRecord(data) ? Object.entries(data) : [];
  return Object.fromEntries(entries.map(([key, value]) => [key, `${Buffer.from(String(value), 'base64').length} bytes`]));
}

function fieldLines(fields: KubeRecord, depth: number): string[] {
  const indent = '  '.repeat(depth);
  return Object.keys(fields)
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((key) => {
      const value = fields[key];
      const title = `${indent}${titleOf(key)}:`;
      if (isRecord(value)) return [title, ...fieldLines(value, depth + 1)];
      if (Array.isArray(value)) return [title, ...value.flatMap((item) => itemLines(item, depth + 1))];
      return textLines(title, String(value), depth);
    });
}

function itemLines(item: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (!isRecord(item)) return [`${indent}${String(item)}`];
  const [first = '', ...others] = fieldLines(item, depth + 1);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function textLines(title: string, text: string, depth: number): string[] {
  const lines = text.split('\n');
  return lines.length === 1 ? [`${title}  ${text}`] : [title, ...lines.map((line) => `${'  '.repeat(depth + 1)}${line}`)];
}

/** `podIP` → `Pod IP`. */
function titleOf(key: string): string {
  if (/[./-]/.test(key)) return key;
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^Api /, 'API ').replace(/\bUid\b/, 'UID');
}

function eventText(events: readonly KubeRecord[] | null, now: number): string {
  if (events === null) return '';
  if (events.length === 0) return 'Events:  <none>\n';
  const rows = events.map((event) => [String(event.type), String(event.reason), interval(event, now), sourceOf(event), String(event.message ?? '').trim()]);
  const table = alignedColumns([['Type', 'Reason', 'Age', 'From', 'Message'], ...rows]);
  return `Events:\n${table.trimEnd().replace(/^/gm, '  ')}\n`;
}

function sourceOf({ source, reportingComponent }: KubeRecord): string {
  return String((isRecord(source) ? source.component : undefined) ?? reportingComponent ?? '');
}
