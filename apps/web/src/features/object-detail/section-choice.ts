import type { ObjectRef } from '@quarterdeck/contract';
import type { ObjectSection } from './object-section.ts';
import type { OpenObject } from './use-open-object.ts';

export interface SectionChoice {
  offered: readonly ObjectSection[];
  chosen: ObjectSection | null;
}

/** Pure. What there is to show of an object, and which of it the URL means; the first one where it means none of them. */
export function chooseSection(
  all: readonly ObjectSection[],
  object: ObjectRef,
  { presence, read }: Pick<OpenObject, 'presence' | 'read'>,
  wanted: string | undefined,
): SectionChoice {
  const missing = presence === 'absent' || (read === null && presence === 'deleted');
  const offered = all.filter((section) => section.appliesTo(object) && (!missing || section.withoutObject));
  return { offered, chosen: offered.find(({ id }) => id === wanted) ?? offered[0] ?? null };
}
