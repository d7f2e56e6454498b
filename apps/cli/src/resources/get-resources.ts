import { apiOf, type ClusterAccess, valuesAt } from '@quarterdeck/cluster';
import { AppError, exitCode } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { errorText } from '../output/error-text.ts';
import { relaxedPath } from '../print/json-path-template.ts';
import type { KubeRecord } from '../print/kube-text.ts';
import type { ObjectPrinter } from '../print/printer.ts';
import { answersTo, objectsIn, type ReadChoice } from './read-objects.ts';
import type { ResourceQuery } from './resource-query.ts';
import { isSecret, recordShown, withoutValues } from './secret-values.ts';
import { compare, type ServerTable, sortRows, type TableForm, tableAccept, tableOf, tableText } from './server-table.ts';

export interface GetChoice extends ReadChoice {
  sortBy?: string | undefined;
  ignoreNotFound: boolean;
  showSecretValues: boolean;
}

interface Reading {
  access: ClusterAccess;
  choice: GetChoice;
  context: CommandContext;
}

interface Failures {
  code: number;
  tell(error: AppError): void;
}

/** Prints what is asked for as the server's tables. @returns the exit code: that of the first object that can't be read */
export async function getTables(queries: readonly ResourceQuery[], form: TableForm, { access, choice, context }: Reading): Promise<number> {
  const failures = failuresOf(choice, context);
  const includeObject = choice.sortBy === undefined ? 'Metadata' : 'Object';
  const asked = { ...choice, accept: tableAccept, query: { includeObject } };
  const tables: ServerTable[] = [];
  for (const query of queries) {
    const answers: unknown[] = [];
    for await (const answer of answersTo(access, query, asked, { signal: context.signal, onFailure: failures.tell })) answers.push(answer);
    const table = tableOf(query.type, answers);
    if (table.rows.length > 0) tables.push(choice.sortBy === undefined ? table : sortRows(table, relaxedPath(choice.sortBy)));
  }
  const several = new Set(queries.map(({ type }) => `${type.apiVersion}/${type.kind}`)).size > 1;
  context.out.write(tables.map((table) => tableText(table, { ...form, kinds: form.kinds || several })).join('\n'));
  if (tables.length === 0 && failures.code === 0 && !choice.ignoreNotFound) context.err.write(nothingFound(queries, choice));
  return failures.code;
}

function nothingFound(queries: readonly ResourceQuery[], { namespace }: GetChoice): string {
  const isNamespaced = queries.some(({ type }) => type.namespaced);
  return isNamespaced && namespace !== null ? `No resources found in ${namespace} namespace.\n` : 'No resources found\n';
}

/** Prints what is asked for as objects. @returns the exit code */
export async function getObjects(queries: readonly ResourceQuery[], print: ObjectPrinter, { access, choice, context }: Reading): Promise<number> {
  const failures = failuresOf(choice, context);
  const read: KubeRecord[] = [];
  for (const query of queries) {
    for await (const answer of answersTo(access, query, choice, { signal: context.signal, onFailure: failures.tell }))
      read.push(...objectsIn(answer, query.type));
  }
  const objects = await secretsFor(choice.sortBy === undefined ? read : sorted(read, choice.sortBy), { access, choice, context });
  const [only] = queries;
  const isOne = queries.length === 1 && only?.names?.length === 1;
  if (objects.length > 0 || !isOne) context.out.write(print(objects, !isOne));
  return failures.code;
}

/** Values of Secrets end in logs and scrollbacks: who wants them says so, and it is written down. */
async function secretsFor(objects: readonly KubeRecord[], { access, choice, context }: Reading): Promise<readonly KubeRecord[]> {
  if (!objects.some(isSecret)) return objects;
  if (!choice.showSecretValues) {
    context.err.write('Values of Secrets are left out; --show-secret-values prints them, and that is written down.\n');
    return objects.map(withoutValues);
  }
  await withActs(context, access.id, (acts) => recordShown(acts, objects));
  return objects;
}

function sorted(objects: readonly KubeRecord[], by: string): KubeRecord[] {
  const path = relaxedPath(by);
  return objects.toSorted((a, b) => compare(valuesAt(path, a)[0], valuesAt(path, b)[0]));
}

function failuresOf({ ignoreNotFound }: GetChoice, { err, environment }: CommandContext): Failures {
  const failures: Failures = {
    code: 0,
    tell(error) {
      if (error.code === 'NOT_FOUND' && ignoreNotFound) return;
      failures.code ||= exitCode[error.code];
      err.write(errorText(error, environment));
    },
  };
  return failures;
}

/** What `/api/…` answers, as it is. Throws VALIDATION_ERROR for a path that is none. */
export async function getRaw(access: Pick<ClusterAccess, 'api' | 'id'>, target: string, { out, signal }: CommandContext): Promise<void> {
  const [path = '', query = ''] = target.split('?');
  if (!path.startsWith('/')) throw new AppError('VALIDATION_ERROR', `${target} is no path of the API.`, { hint: 'Write it as /api/v1/namespaces.' });
  const parameters = Object.fromEntries(new URLSearchParams(query));
  const text = await apiOf(access).text({ path, query: parameters, subject: { verb: 'get', resource: path, namespace: null }, signal }, rawBytes);
  out.write(text.endsWith('\n') ? text : `${text}\n`);
}

const rawBytes = 64 * 2 ** 20;
