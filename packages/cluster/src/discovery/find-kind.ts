import { AppError, groupOf, type ResourceKind } from '@quarterdeck/contract';

/**
 * The kind that a person means by `Pod`, `pods`, `po`, or `Kind.group` where two groups share a name. Case does not
 * matter; where several fit, Kubernetes' own come first, as in discovery. Throws NOT_FOUND with the nearest names.
 */
export function findKind(kinds: readonly ResourceKind[], text: string): ResourceKind {
  const wanted = text.trim().toLowerCase();
  const found =
    kinds.find((kind) => namesOf(kind).includes(wanted)) ??
    kinds.find((kind) => kind.shortNames.includes(wanted)) ??
    kinds.find((kind) => qualifiedNamesOf(kind).includes(wanted));
  if (found !== undefined) return found;
  const near = nearNames(kinds, wanted);
  throw new AppError('NOT_FOUND', `The cluster serves no kind "${text}".`, {
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'kubectl api-resources lists the kinds of this cluster.',
    details: { near },
  });
}

function namesOf(kind: ResourceKind): string[] {
  return [kind.kind.toLowerCase(), kind.plural];
}

function qualifiedNamesOf(kind: ResourceKind): string[] {
  const group = groupOf(kind.apiVersion);
  const version = kind.apiVersion.slice(group === '' ? 0 : group.length + 1);
  return [...namesOf(kind), ...kind.shortNames].flatMap((name) => [`${name}.${group}`, `${name}.${version}.${group}`]);
}

function nearNames(kinds: readonly ResourceKind[], wanted: string): string[] {
  const near = new Map<string, number>();
  for (const kind of kinds) {
    const distance = Math.min(...namesOf(kind).map((name) => editDistance(name, wanted)));
    const limit = Math.max(1, Math.floor(wanted.length / 3));
    if (distance <= limit && distance < (near.get(kind.kind) ?? Number.POSITIVE_INFINITY)) near.set(kind.kind, distance);
  }
  return [...near]
    .sort((a, b) => a[1] - b[1])
    .slice(0, 3)
    .map(([name]) => name);
}

/** Levenshtein's distance: the fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replace = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replace, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
