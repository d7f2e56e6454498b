import type { KubeObject } from '../objects/kube-object.ts';
import type { Cell, Column } from '../resources/resource.ts';
import type { ColumnDescriptor } from './kind-descriptor.ts';

/** A column; nothing to show (undefined or the empty string) becomes null. */
export function column<T extends KubeObject>(
  id: string,
  label: string,
  type: Column['type'],
  read: (object: T, now: number) => Cell | undefined,
): ColumnDescriptor<T> {
  return {
    id,
    label,
    type,
    getValue(object, now) {
      const value = read(object, now);
      return value === undefined || value === '' ? null : value;
    },
  };
}

/** Shown on request alone, as with `kubectl get -o wide`. */
export function wide<T extends KubeObject>(descriptor: ColumnDescriptor<T>): ColumnDescriptor<T> {
  return { ...descriptor, wide: true };
}

export const nameColumn = column<KubeObject>('name', 'Name', 'name', (object) => object.metadata.name);
export const namespaceColumn = column<KubeObject>('namespace', 'Namespace', 'text', (object) => object.metadata.namespace);
export const ageColumn = column<KubeObject>('age', 'Age', 'time', (object) => object.metadata.creationTimestamp);

interface Container {
  name: string;
  image?: string;
}

export function containerNames(containers: readonly Container[] = []): string {
  return containers.map((container) => container.name).join(',');
}

export function containerImages(containers: readonly Container[] = []): string {
  return containers.map((container) => container.image ?? '').join(',');
}

/** `a=1,b=2`, as kubectl prints labels and selectors. */
export function labelText(labels: Readonly<Record<string, string>> = {}): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/** A label selector in kubectl's words: `app=web,tier in (a,b),!old`. */
export function selectorText(selector: LabelSelector | undefined): string {
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  const labels = labelText(selector?.matchLabels);
  return [...(labels === '' ? [] : [labels]), ...expressions].join(',');
}
