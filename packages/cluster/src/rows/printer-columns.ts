import { type Cell, type Column, descriptorFor, type KindDescriptor, type KubeObject, type ResourceKind } from '@quarterdeck/contract';
import * as z from 'zod';
import { type JsonPath, parseJsonPath, valuesAt } from './json-path.ts';

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#additional-printer-columns */
const printerColumnSchema = z.object({ name: z.string().min(1).max(100), type: z.string(), jsonPath: z.string().max(1000), priority: z.number().default(0) });

const crdSchema = z.object({
  spec: z.object({ versions: z.array(z.object({ name: z.string(), additionalPrinterColumns: z.array(printerColumnSchema).default([]) })) }),
});

type PrinterColumn = z.infer<typeof printerColumnSchema>;

const columnTypes: Readonly<Record<string, Column['type']>> = { date: 'time', integer: 'number', number: 'number' };

/** Where a CRD says itself which column sums an object up. */
const summaries = /^(status|state|phase|ready|health)$/i;

/**
 * The descriptor of a custom resource with the columns of its CRD behind name and namespace; those of lower priority
 * are wide. Null where the CRD has none of this version.
 */
export function printerDescriptor(kind: ResourceKind, definition: KubeObject): KindDescriptor<KubeObject> | null {
  const crd = crdSchema.safeParse(definition);
  const served = crd.data?.spec.versions.find((version) => kind.apiVersion.endsWith(`/${version.name}`));
  const columns = (served?.additionalPrinterColumns ?? []).flatMap(readColumn);
  if (columns.length === 0) return null;
  const generic = descriptorFor(kind.apiVersion, kind.kind);
  const isShown = (id: string) => generic.columns.filter((column) => column.id === id);
  const summed = columns.some((column) => column.type === 'status');
  const aged = columns.some((column) => column.isAge);
  const own = columns.map(({ isAge: _isAge, ...column }) => column);
  const all = [
    ...isShown('name'),
    ...(kind.namespaced ? isShown('namespace') : []),
    ...(summed ? [] : isShown('status')),
    ...own,
    ...(aged ? [] : isShown('age')),
  ];
  return { ...generic, columns: all.map((column, index) => ({ ...column, id: uniqueId(column.id, index, all) })) };
}

type ReadColumn = KindDescriptor<KubeObject>['columns'][number] & { isAge: boolean };

/** Nothing where its path can't be read. */
function readColumn(column: PrinterColumn): ReadColumn[] {
  const path = parseJsonPath(column.jsonPath);
  if (path === null) return [];
  const type = column.type === 'string' && summaries.test(column.name) ? 'status' : (columnTypes[column.type] ?? 'text');
  const wide = column.priority > 0 ? { wide: true } : {};
  const isAge = column.jsonPath.replace(/[{}]/g, '') === '.metadata.creationTimestamp';
  return [{ id: isAge ? 'age' : columnId(column.name), label: column.name, type, ...wide, isAge, getValue: (object) => cellAt(path, column.type, object) }];
}

/** As the API server prints it: the first value. Source: apiextensions-apiserver, registry/customresource/tableconvertor. */
function cellAt(path: JsonPath, type: string, object: KubeObject): Cell {
  const [first] = valuesAt(path, object);
  return first === undefined || first === null ? null : (readers[type] ?? readText)(first);
}

/** By the type of the column; a value of another type is not shown. */
const readers: Readonly<Record<string, (value: unknown) => Cell>> = {
  integer: (value) => (typeof value === 'number' ? Math.trunc(value) : null),
  number: (value) => (typeof value === 'number' ? value : null),
  date: (value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? String(value) : null),
};

function readText(value: unknown): Cell {
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)) || null;
}

/** `Last Sync` becomes `lastSync`, `CPU` `cpu`. */
export function columnId(name: string): string {
  const [first = 'column', ...rest] = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const begin = first === first.toUpperCase() ? first.toLowerCase() : first.charAt(0).toLowerCase() + first.slice(1);
  return begin + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function uniqueId(id: string, index: number, all: readonly { id: string }[]): string {
  const before = all.slice(0, index).filter((column) => column.id === id).length;
  return before === 0 ? id : `${id}${before + 1}`;
}
