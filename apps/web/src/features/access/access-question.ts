import type { AccessQuestion } from '@quarterdeck/contract';
import type { AccessSearch } from '../../app/search.ts';

/** What kubectl's users ask about; other verbs can be typed. */
export const commonVerbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] as const;

/** Null while the address asks nothing. */
export function questionOf({ verb, group = '', resource, namespace, name }: AccessSearch): AccessQuestion | null {
  if (verb === undefined || resource === undefined) return null;
  return { verb, group, resource, ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }) };
}

/** `delete deployments.apps “web” in shop`. */
export function questionText({ verb, group, resource, name }: AccessQuestion): string {
  return [verb, group === '' ? resource : `${resource}.${group}`, ...(name === undefined ? [] : [`“${name}”`])].join(' ');
}
