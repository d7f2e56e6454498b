import type { FileEntry } from '@quarterdeck/contract';

export const fileSorts = ['name', 'size', 'modifiedAt'] as const;
export type FileSort = (typeof fileSorts)[number];

export interface FileOrder {
  by: FileSort;
  descending: boolean;
}

/** Folders stay in front, whatever they are sorted by. */
export function sortFiles(entries: readonly FileEntry[], { by, descending }: FileOrder): FileEntry[] {
  const sign = descending ? -1 : 1;
  return entries.toSorted((a, b) => Number(b.type === 'folder') - Number(a.type === 'folder') || sign * compare(a, b, by) || compare(a, b, 'name'));
}

function compare(a: FileEntry, b: FileEntry, by: FileSort): number {
  if (by === 'size') return a.size - b.size;
  const [one, other] = [a[by], b[by]];
  return one < other ? -1 : Number(one > other);
}
