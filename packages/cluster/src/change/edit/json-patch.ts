import { isRecord, same } from './typed-values.ts';

interface Operation extends Record<string, unknown> {
  op: 'add' | 'remove' | 'replace';
  path: string;
}

/** The operations (RFC 6902) that lead from one value to the other. A list of another length is replaced as a whole. */
export function jsonPatch(before: unknown, after: unknown, path = ''): Operation[] {
  if (same(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const gone = Object.keys(before).filter((key) => !(key in after));
    const set = Object.entries(after).flatMap(([key, value]): Operation[] =>
      key in before ? jsonPatch(before[key], value, at(path, key)) : [{ op: 'add', path: at(path, key), value }],
    );
    return [...gone.map((key): Operation => ({ op: 'remove', path: at(path, key) })), ...set];
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return after.flatMap((value, index) => jsonPatch(before[index], value, at(path, String(index))));
  }
  return [{ op: 'replace', path, value: after }];
}

function at(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
