import { type JsonPath, valuesAt } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { relaxedPath } from '../print/json-path-template.ts';
import { isRecord, type KubeRecord } from '../print/kube-text.ts';

/** What is waited for, as kubectl names it. */
export type WaitCondition =
  | { type: 'delete'; text: string }
  | { type: 'create'; text: string }
  | { type: 'condition'; text: string; name: string; value: string }
  /** Null: the field is there. */
  | { type: 'field'; text: string; path: JsonPath; value: string | null };

/** `delete`, `create`, `condition=Ready`, `condition=Ready=false`, `jsonpath='{.status.phase}'=Running`. Throws VALIDATION_ERROR. */
export function waitCondition(text: string): WaitCondition {
  const lower = text.toLowerCase();
  if (lower === 'delete') return { type: 'delete', text };
  if (lower === 'create') return { type: 'create', text };
  if (lower.startsWith('condition=')) {
    const [name = '', value = 'true'] = text.slice('condition='.length).split('=');
    if (name !== '') return { type: 'condition', text, name, value };
  }
  const field = /^jsonpath='?(\{.*?\}|[^=']+)'?(?:=(.*))?$/s.exec(text);
  if (field !== null) return { type: 'field', text, path: relaxedPath(field[1] ?? ''), value: field[2]?.replace(/^'(.*)'$/, '$1') ?? null };
  throw new AppError('VALIDATION_ERROR', `--for=${text} is nothing that can be waited for.`, {
    hint: "Write delete, create, condition=Ready, condition=Ready=false or jsonpath='{.status.phase}'=Running.",
  });
}

/** `object` is null while it is not there. A condition that was seen of an older generation does not count. */
export function isMet(condition: WaitCondition, object: KubeRecord | null): boolean {
  if (condition.type === 'delete') return object === null;
  if (object === null) return false;
  if (condition.type === 'create') return true;
  if (condition.type === 'field') {
    const values = valuesAt(condition.path, object);
    return condition.value === null ? values.length > 0 : values.some((value) => String(value) === condition.value);
  }
  const found = conditionOf(object, condition.name);
  return found !== null && !isStale(object, found) && String(found.status).toLowerCase() === condition.value.toLowerCase();
}

/** How it stands, in a line. */
export function standOf(condition: WaitCondition, object: KubeRecord | null): string {
  if (object === null) return condition.type === 'delete' ? 'gone' : 'not there';
  if (condition.type === 'delete') return isRecord(object.metadata) && object.metadata.deletionTimestamp !== undefined ? 'being deleted' : 'still there';
  if (condition.type === 'create') return 'there';
  if (condition.type === 'field') return valuesAt(condition.path, object).map(String).join(', ') || 'no such field';
  const found = conditionOf(object, condition.name);
  if (found === null) return `no condition ${condition.name}`;
  return [`${condition.name} is ${String(found.status)}`, found.reason, found.message].filter((part) => part !== undefined && part !== '').join(': ');
}

function conditionOf({ status }: KubeRecord, name: string): KubeRecord | null {
  const conditions = isRecord(status) && Array.isArray(status.conditions) ? status.conditions.filter(isRecord) : [];
  return conditions.find(({ type }) => String(type).toLowerCase() === name.toLowerCase()) ?? null;
}

function isStale({ metadata, status }: KubeRecord, { observedGeneration }: KubeRecord): boolean {
  const generation = isRecord(metadata) ? metadata.generation : undefined;
  const seen = observedGeneration ?? (isRecord(status) ? status.observedGeneration : undefined);
  return typeof generation === 'number' && typeof seen === 'number' && seen < generation;
}
