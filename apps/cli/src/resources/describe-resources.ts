import type { ClusterAccess } from '@quarterdeck/cluster';
import { AppError, exitCode } from '@quarterdeck/contract';
import type { CommandContext } from '../context.ts';
import { errorText } from '../output/error-text.ts';
import { printable } from '../output/printable.ts';
import type { KubeRecord } from '../print/kube-text.ts';
import { description } from './description.ts';
import { byLastSeen } from './event-lines.ts';
import { readEvents } from './read-events.ts';
import { answersTo, objectsIn, type ReadChoice } from './read-objects.ts';
import type { ResourceQuery } from './resource-query.ts';
import { metadataOf } from './server-table.ts';

export interface DescribeChoice extends ReadChoice {
  events: boolean;
}

interface Reading {
  access: ClusterAccess;
  context: CommandContext;
}

/** Prints each object that is asked for. @returns the exit code: that of the first that can't be read */
export async function describeResources(queries: readonly ResourceQuery[], choice: DescribeChoice, reading: Reading): Promise<number> {
  const { context } = reading;
  const found = (await Promise.all(queries.map((query) => objectsOf(query, choice, reading)))).flat();
  const failures = found.filter((object) => object instanceof AppError);
  for (const failure of failures) context.err.write(errorText(failure, context.environment));
  const objects = found.flatMap((object) => (object instanceof AppError ? [] : [object]));
  for (const [index, object] of objects.entries()) context.out.write(`${index === 0 ? '' : '\n\n'}${await textOf(object, choice, reading)}`);
  const [failure] = failures;
  const code = failure === undefined ? 0 : exitCode[failure.code];
  if (objects.length === 0 && code === 0)
    context.err.write(choice.namespace === null ? 'No resources found\n' : `No resources found in ${choice.namespace} namespace.\n`);
  return code;
}

async function textOf(object: KubeRecord, choice: DescribeChoice, reading: Reading): Promise<string> {
  const { out, now } = reading.context;
  const text = description(object, choice.events ? await eventsOf(object, choice, reading) : null, now());
  return out.columns === null ? text : text.split('\n').map(printable).join('\n');
}

/** A name that is not there may be the beginning of others. */
async function objectsOf(query: ResourceQuery, choice: DescribeChoice, { access, context }: Reading): Promise<(KubeRecord | AppError)[]> {
  const found: (KubeRecord | AppError)[] = [];
  const options = { signal: context.signal, onFailure: (error: AppError) => void found.push(error) };
  for await (const answer of answersTo(access, query, choice, options)) found.push(...objectsIn(answer, query.type));
  const [only] = found;
  const [name] = query.names ?? [];
  if (found.length !== 1 || !(only instanceof AppError) || only.code !== 'NOT_FOUND' || name === undefined) return found;
  const all: KubeRecord[] = [];
  for await (const answer of answersTo(access, { ...query, names: null }, choice, options)) all.push(...objectsIn(answer, query.type));
  const beginning = all.filter((object) => String(metadataOf(object).name).startsWith(name));
  return beginning.length === 0 ? found : beginning;
}

async function eventsOf(object: KubeRecord, choice: DescribeChoice, { access, context }: Reading): Promise<KubeRecord[]> {
  const { name, namespace, uid } = metadataOf(object);
  const fieldSelector = `involvedObject.name=${String(name)},involvedObject.kind=${String(object.kind)}${uid === undefined ? '' : `,involvedObject.uid=${String(uid)}`}`;
  const where = typeof namespace === 'string' ? namespace : null;
  return byLastSeen(await readEvents(access, { namespace: where, fieldSelector, chunkSize: choice.chunkSize }, context.signal));
}
