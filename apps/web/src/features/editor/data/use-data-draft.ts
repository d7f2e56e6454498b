import { useEffect, useMemo, useRef, useState } from 'react';
import {
  type AddedKey,
  type DataDraft,
  type DataEntry,
  type DataValue,
  dataOf,
  entriesOf,
  equal,
  isSaved,
  type KeyEdit,
  noEdits,
  type WrittenValue,
} from './data-draft.ts';

export interface DataEditing {
  entries: readonly DataEntry[];
  dirty: boolean;
  write(entry: DataEntry, value: WrittenValue): void;
  rename(entry: DataEntry, name: string): void;
  remove(entry: DataEntry): void;
  /** Back to what the cluster has. */
  restore(entry: DataEntry): void;
  add(keys: readonly { name: string; value: WrittenValue }[]): void;
  /** A value that was revealed: the ground that one edits on. */
  reveal(key: string, value: WrittenValue): void;
  discard(): void;
}

/** The keys of a live ConfigMap or Secret with what somebody does to them; what was not touched follows the object. */
export function useDataDraft(live: Readonly<Record<string, unknown>>, onSaved: () => void): DataEditing {
  const [draft, setDraft] = useState<DataDraft>(noEdits);
  const data = useMemo(() => dataOf(live), [live]);
  const entries = useMemo(() => entriesOf(data, draft), [data, draft]);
  const dirty = entries.some(({ state }) => state !== 'same');
  const saved = dirty && isSaved(data, entries);
  useEffect(() => {
    if (!saved) return;
    setDraft(noEdits);
    onSaved();
  }, [saved, onSaved]);

  const hideLater = useTimers(shownFor);
  const change = (entry: DataEntry, edit: Partial<KeyEdit>) => setDraft((before) => withEdit(before, entry, edit, data));
  return {
    entries,
    dirty,
    write: (entry, value) => change(entry, { value }),
    rename: (entry, name) => change(entry, { name }),
    remove: (entry) => setDraft((before) => (entry.key === null ? withoutAdded(before, entry.id) : withEdit(before, entry, { removed: true }, data))),
    restore: (entry) => setDraft((before) => ({ ...before, edits: new Map([...before.edits].filter(([key]) => key !== entry.key)) })),
    add: (keys) => setDraft((before) => ({ ...before, added: [...before.added, ...keys.map((key): AddedKey => ({ id: crypto.randomUUID(), ...key }))] })),
    reveal(key, value) {
      setDraft((before) => ({ ...before, edits: new Map([...before.edits, [key, { before: value, value }]]) }));
      hideLater(() => setDraft((before) => withoutUnchanged(before, key)));
    },
    discard: () => setDraft(noEdits),
  };
}

/** How long a revealed value stays that nobody changes. Milliseconds. */
const shownFor = 30_000;

/** Runs what is given after a while, unless the component is gone by then. */
function useTimers(after: number): (run: () => void) => void {
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const { current } = timers;
    return () => {
      for (const timer of current) clearTimeout(timer);
    };
  }, []);
  return (run) => void timers.current.add(setTimeout(run, after));
}

function withoutUnchanged(draft: DataDraft, key: string): DataDraft {
  const edit = draft.edits.get(key);
  const unchanged = edit?.value !== undefined && equal(edit.value, edit.before) && edit.name === undefined && edit.removed !== true;
  return unchanged ? { ...draft, edits: new Map([...draft.edits].filter(([other]) => other !== key)) } : draft;
}

function withEdit(draft: DataDraft, { id, key }: DataEntry, edit: Partial<KeyEdit>, data: ReadonlyMap<string, DataValue>): DataDraft {
  if (key === null) return { ...draft, added: draft.added.map((added) => (added.id === id ? { ...added, ...named(edit) } : added)) };
  const before = data.get(key);
  if (before === undefined) return draft;
  return { ...draft, edits: new Map([...draft.edits, [key, { before, ...draft.edits.get(key), ...edit }]]) };
}

function named({ name, value }: Partial<KeyEdit>): Partial<AddedKey> {
  return { ...(name === undefined ? {} : { name }), ...(value === undefined ? {} : { value }) };
}

function withoutAdded(draft: DataDraft, id: string): DataDraft {
  return { ...draft, added: draft.added.filter((added) => added.id !== id) };
}
