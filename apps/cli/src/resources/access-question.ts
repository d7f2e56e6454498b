import type { ClusterAccess } from '@quarterdeck/cluster';
import { type AccessQuestion, type AccessRules, AppError, groupOf } from '@quarterdeck/contract';
import { alignedColumns } from '../print/aligned-columns.ts';
import { resourceTypes } from './resource-type.ts';

export interface QuestionPlace {
  subresource: string | undefined;
  /** Null: all namespaces. */
  namespace: string | null;
  signal: AbortSignal;
}

/** The question of `delete pods`, `get pods/web-0`, `get deploy web`. Throws VALIDATION_ERROR. */
export async function questionOf(access: Pick<ClusterAccess, 'api' | 'id' | 'kinds'>, words: readonly string[], place: QuestionPlace): Promise<AccessQuestion> {
  const [verb, what, second] = words;
  if (verb === undefined || what === undefined || words.length > 3)
    throw new AppError('VALIDATION_ERROR', 'A verb and a kind are needed.', { hint: 'Write it as `qd auth can-i delete pods`.' });
  const [typeName = '', named] = what.split('/');
  const name = named ?? second;
  const { subresource, namespace, signal } = place;
  const type = typeName === '*' ? { apiVersion: '*/', plural: '*', namespaced: true } : (await resourceTypes(access, typeName, signal))[0];
  if (type === undefined)
    throw new AppError('NOT_FOUND', `The cluster serves no kind "${typeName}".`, { hint: '`qd api-resources` lists the kinds of this cluster.' });
  return {
    verb,
    group: groupOf(type.apiVersion),
    resource: subresource === undefined ? type.plural : `${type.plural}/${subresource}`,
    ...(type.namespaced && namespace !== null ? { namespace } : {}),
    ...(name === undefined ? {} : { name }),
  };
}

/** As kubectl auth can-i --list sets it. */
export function ruleTable({ rules }: AccessRules, headers: boolean): string {
  const rows = rules.map(({ verbs, groups, resources, names }) => [qualified(resources, groups), '[]', `[${names.join(' ')}]`, `[${verbs.join(' ')}]`]);
  const head = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  return alignedColumns(headers ? [head, ...rows] : rows);
}

function qualified(resources: readonly string[], groups: readonly string[]): string {
  return resources
    .flatMap((resource) => (groups.length === 0 ? [resource] : groups.map((group) => (group === '' ? resource : `${resource}.${group}`))))
    .join(',');
}
