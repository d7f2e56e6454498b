import * as z from 'zod';

const draftSchema = z.object({
  /** As it was read when the edit began, whole. */
  base: z.record(z.string(), z.unknown()),
  text: z.string(),
  format: z.enum(['yaml', 'json']),
});
export type Draft = z.infer<typeof draftSchema>;

const prefix = 'quarterdeck.draft:';

/** Drafts belong to the browser's tab: they come back with a reload and go with it. */
export interface DraftStore {
  read(key: string): Draft | null;
  write(key: string, draft: Draft | null): void;
}

/** A draft that can't be kept (the storage is full) is one that lives as long as the page. */
export function createDraftStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): DraftStore {
  return {
    read(key) {
      const stored = storage.getItem(prefix + key);
      return stored === null ? null : (draftSchema.safeParse(jsonOf(stored)).data ?? null);
    },
    write(key, draft) {
      if (draft === null) return storage.removeItem(prefix + key);
      try {
        storage.setItem(prefix + key, JSON.stringify(draft));
      } catch (thrown) {
        console.warn('The draft could not be kept.', thrown);
      }
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
