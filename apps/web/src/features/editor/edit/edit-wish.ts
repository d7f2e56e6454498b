/**
 * Somebody asked to edit an object: its editor takes the cursor, now or as soon as it is on the page. It is no part of
 * the URL: a link to an object's YAML does not put the cursor into it.
 */
let wanted: string | null = null;
const editors = new Map<string, () => void>();

export function wishToEdit(key: string): void {
  const focus = editors.get(key);
  if (focus === undefined) wanted = key;
  else focus();
}

/** `focus` is called for each wish, also for one that was there before; returns what ends it. */
export function answerEditWish(key: string, focus: () => void): () => void {
  editors.set(key, focus);
  if (wanted === key) {
    wanted = null;
    focus();
  }
  return () => {
    if (editors.get(key) === focus) editors.delete(key);
  };
}
