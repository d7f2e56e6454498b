import { editable, type PlainObject, printObject } from '../edit/editable.ts';
import { isRecord } from '../schema/yaml-documents.ts';

/** What two objects are compared by: what somebody wrote, with names in order, whatever the order they were written in. */
export function comparableText(object: PlainObject): string {
  const { metadata, ...rest } = editable(object);
  const { ownerReferences: _owners, ...own } = isRecord(metadata) ? metadata : {};
  return printObject(sorted({ ...rest, metadata: withoutRevision(own) }), 'yaml');
}

const revision = 'deployment.kubernetes.io/revision';

function withoutRevision({ annotations, ...metadata }: Record<string, unknown>): Record<string, unknown> {
  const kept = isRecord(annotations) ? Object.entries(annotations).filter(([name]) => name !== revision) : [];
  return kept.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(kept) };
}

const first = ['apiVersion', 'kind', 'metadata', 'name', 'namespace'];

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedValue(inner)]));
}

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedValue);
  return isRecord(value) ? sorted(value) : value;
}
