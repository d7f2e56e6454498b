import { bookkeepingFields } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import { isRecord, objectIn, yamlDocuments } from '../schema/yaml-documents.ts';

export type PlainObject = Readonly<Record<string, unknown>>;
export type TextFormat = 'yaml' | 'json';

const kubectlsCopy = 'kubectl.kubernetes.io/last-applied-configuration';

/** What of an object somebody can change: without the status, what the server keeps count with, and kubectl's own copy. */
export function editable(object: PlainObject): Record<string, unknown> {
  const { status: _status, metadata, ...rest } = object;
  if (!isRecord(metadata)) return { ...object };
  const kept = Object.fromEntries(Object.entries(metadata).filter(([field]) => !bookkeepingFields.includes(field)));
  const annotations = isRecord(kept.annotations) ? Object.entries(kept.annotations).filter(([name]) => name !== kubectlsCopy) : [];
  const { annotations: _all, ...plain } = kept;
  return inOrder({ ...rest, metadata: annotations.length === 0 ? plain : { ...plain, annotations: Object.fromEntries(annotations) } });
}

/** What was hidden from one who edits is still there when it is compared and sent. */
export function withHidden(edited: PlainObject, base: PlainObject): Record<string, unknown> {
  const [own, before] = [edited.metadata, base.metadata];
  const annotations = isRecord(before) && isRecord(before.annotations) ? before.annotations[kubectlsCopy] : undefined;
  if (!isRecord(own) || annotations === undefined) return { ...edited };
  return { ...edited, metadata: { ...own, annotations: { ...(isRecord(own.annotations) ? own.annotations : {}), [kubectlsCopy]: annotations } } };
}

/** As manifests are usually written. */
function inOrder({ apiVersion, kind, metadata, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return { apiVersion, kind, metadata, ...rest };
}

export function printObject(object: PlainObject, format: TextFormat): string {
  return format === 'json' ? `${JSON.stringify(object, null, 2)}\n` : stringify(object, { lineWidth: 0 });
}

/** The object of a text of one document; null where it is none, or can't be read. */
export function readObject(text: string): Record<string, unknown> | null {
  const documents = yamlDocuments(text).filter(({ root }) => root !== null);
  return documents.length === 1 ? objectIn(documents[0]) : null;
}

export function versionOf({ metadata }: PlainObject): string | null {
  return isRecord(metadata) && typeof metadata.resourceVersion === 'string' ? metadata.resourceVersion : null;
}
