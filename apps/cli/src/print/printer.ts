import { readFile } from 'node:fs/promises';
import { AppError } from '@quarterdeck/contract';
import { alignedColumns } from './aligned-columns.ts';
import { customColumns, customColumnsFile, customRows } from './custom-columns.ts';
import { goTemplate } from './go-template.ts';
import { jsonPathTemplate } from './json-path-template.ts';
import { isRecord, type KubeRecord, kubeJson, kubeYaml } from './kube-text.ts';

/** Text of objects. `asList`: they are a list also where it is one. */
export type ObjectPrinter = (objects: readonly KubeRecord[], asList: boolean) => string;

export interface PrintChoice {
  output?: string | undefined;
  template?: string | undefined;
  noHeaders?: boolean | undefined;
  showManagedFields?: boolean | undefined;
}

const forms = 'json, yaml, name, wide, custom-columns=…, custom-columns-file=…, jsonpath=…, jsonpath-file=…, go-template=…, go-template-file=…';

/** Null for the tables that the server makes. Throws VALIDATION_ERROR for a form that is not known or can't be read, NOT_FOUND for its file. */
export async function objectPrinter(choice: PrintChoice): Promise<{ print: ObjectPrinter | null; wide: boolean }> {
  const { output, template, noHeaders = false, showManagedFields = false } = choice;
  if (output === undefined && template === undefined) return { print: null, wide: false };
  if (output === 'wide') return { print: null, wide: true };
  const { form, text } = await splitForm(output ?? 'go-template', template);
  const print = printerOf(form, text, !noHeaders);
  const shown = (object: KubeRecord) => (showManagedFields ? object : withoutManagedFields(object));
  return { print: (objects, asList) => print(objects.map(shown), asList), wide: false };
}

async function splitForm(output: string, template: string | undefined): Promise<{ form: string; text: string }> {
  const equals = output.indexOf('=');
  const form = equals < 0 ? output : output.slice(0, equals);
  const given = equals < 0 ? template : output.slice(equals + 1);
  if (!form.endsWith('-file')) return { form, text: given ?? '' };
  const text = await readFile(given ?? '', 'utf8').catch(() => {
    throw new AppError('NOT_FOUND', `There is no file ${given ?? ''}.`, { hint: `Name it as -o ${form}=FILE.` });
  });
  return { form, text };
}

function printerOf(form: string, text: string, headers: boolean): ObjectPrinter {
  switch (form) {
    case 'json':
      return (objects, asList) => kubeJson(document(objects, asList));
    case 'yaml':
      return (objects, asList) => kubeYaml(document(objects, asList));
    case 'name':
      return (objects) => objects.map((object) => `${nameOf(object)}\n`).join('');
    case 'custom-columns':
    case 'custom-columns-file': {
      const columns = form === 'custom-columns' ? customColumns(text) : customColumnsFile(text);
      return (objects) => alignedColumns(customRows(columns, objects, headers));
    }
    case 'jsonpath':
    case 'jsonpath-file': {
      const render = jsonPathTemplate(text);
      return (objects, asList) => render(document(objects, asList));
    }
    case 'go-template':
    case 'go-template-file':
    case 'template':
    case 'templatefile': {
      const render = goTemplate(text);
      return (objects, asList) => render(document(objects, asList));
    }
  }
  throw new AppError('VALIDATION_ERROR', `There is no output form "${form}".`, { hint: `There are ${forms}.` });
}

function document(objects: readonly KubeRecord[], asList: boolean): unknown {
  const [only] = objects;
  return asList || objects.length !== 1 ? { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } } : only;
}

/** `pod/web-0`, `deployment.apps/web`. */
export function nameOf(object: KubeRecord): string {
  const { apiVersion, kind, metadata } = object;
  const group = String(apiVersion).includes('/') ? `.${String(apiVersion).split('/')[0]}` : '';
  return `${String(kind).toLowerCase()}${group}/${isRecord(metadata) ? String(metadata.name) : ''}`;
}

function withoutManagedFields(object: KubeRecord): KubeRecord {
  const { metadata } = object;
  if (!isRecord(metadata) || metadata.managedFields === undefined) return object;
  const { managedFields: _left, ...kept } = metadata;
  return { ...object, metadata: kept };
}
