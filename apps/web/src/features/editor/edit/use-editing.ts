import type { KindSchema } from '@quarterdeck/contract';
import { useEffect, useMemo, useState } from 'react';
import { type KeysOf, keysByCustom, type Merge, mergeObjects, same } from '../merge/merge-objects.ts';
import { fieldAt } from '../schema/schema-walk.ts';
import { isRecord } from '../schema/yaml-documents.ts';
import { createDraftStore, type Draft } from './draft-store.ts';
import { editable, type PlainObject, printObject, readObject, type TextFormat, versionOf } from './editable.ts';
import { useLeaveWarning } from './use-leave-warning.ts';

export interface Editing {
  text: string;
  format: TextFormat;
  /** Whether the text is another one than the cluster's. */
  dirty: boolean;
  /** Whether it was found from before a reload. */
  restored: boolean;
  /** What I began with, whole; the object as it is while nothing was changed. */
  base: PlainObject;
  /** My text as an object; null where it can't be read. */
  mine: Record<string, unknown> | null;
  /** What the others changed since; null while nobody did. */
  underneath: Merge | null;
  setText(text: string): void;
  setFormat(format: TextFormat): void;
  /** Goes on from the object as it is, with this text. */
  rebase(mine: PlainObject): void;
  discard(): void;
}

interface EditingOptions {
  /** Under which the draft is kept; null for what must not be kept. */
  draftKey: string | null;
  schema: KindSchema | null;
  /** The draft has become what the cluster has. */
  onSaved(): void;
}

const drafts = createDraftStore(sessionStorage);

/** The text of a live object, and what somebody makes of it. A clean text follows the object. */
export function useEditing(live: PlainObject, { draftKey, schema, onSaved }: EditingOptions): Editing {
  const [stored] = useState(() => (draftKey === null ? null : drafts.read(draftKey)));
  const [draft, setDraft] = useState<Draft | null>(stored);
  const [format, setFormat] = useState<TextFormat>(stored?.format ?? 'yaml');
  const base = draft?.base ?? live;
  const clean = useMemo(() => editable(live), [live]);
  const cleanText = useMemo(() => printObject(clean, format), [clean, format]);
  const mine = useMemo(() => (draft === null ? clean : readObject(draft.text)), [draft, clean]);
  const underneath = useUnderneath({ draft, live, clean, mine, schema });
  const saved = draft !== null && versionOf(live) !== versionOf(draft.base) && mine !== null && same(mine, clean);

  useEffect(() => {
    if (draftKey !== null) drafts.write(draftKey, draft);
  }, [draftKey, draft]);
  useEffect(() => {
    if (!saved) return;
    setDraft(null);
    onSaved();
  }, [saved, onSaved]);
  useLeaveWarning(draft !== null);

  const begin = (text: string, from: PlainObject, as: TextFormat) =>
    setDraft(text === printObject(editable(from), as) ? null : { base: { ...from }, text, format: as });
  return {
    text: draft?.text ?? cleanText,
    format,
    dirty: draft !== null,
    restored: draft !== null && draft === stored,
    base,
    mine,
    underneath,
    setText: (text) => begin(text, base, format),
    setFormat(next) {
      if (mine === null) return;
      setFormat(next);
      if (draft !== null) setDraft({ ...draft, text: printObject(mine, next), format: next });
    },
    rebase: (next) => begin(printObject(next, format), live, format),
    discard: () => setDraft(null),
  };
}

interface Standing {
  draft: Draft | null;
  live: PlainObject;
  clean: PlainObject;
  mine: PlainObject | null;
  schema: KindSchema | null;
}

/** A version that differs in the status alone is none that one edits on. */
function useUnderneath({ draft, live, clean, mine, schema }: Standing): Merge | null {
  return useMemo(() => {
    if (draft === null || versionOf(live) === versionOf(draft.base)) return null;
    const began = editable(draft.base);
    if (same(began, clean)) return null;
    return mergeObjects(began, clean, mine ?? began, keysBySchema(schema));
  }, [draft, live, clean, mine, schema]);
}

/** A list that the schema knows is told apart by its keys; another one by custom. */
export function keysBySchema(schema: KindSchema | null): KeysOf {
  return (path, items) => {
    const field = schema === null ? undefined : fieldAt(schema, path);
    if (field === undefined) return keysByCustom(path, items);
    return field.listKeys !== undefined && items.every(isRecord) ? field.listKeys : null;
  };
}
