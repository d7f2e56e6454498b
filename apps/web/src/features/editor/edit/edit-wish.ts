/**
 * Somebody asked to edit an object whose section is not on the page yet; taken once, when it is. It is no part of the
 * URL: a link to an object's YAML does not put the cursor into it.
 */
let wanted: string | null = null;

export function wishToEdit(key: string): void {
  wanted = key;
}

export function takeEditWish(key: string): boolean {
  const taken = wanted === key;
  if (taken) wanted = null;
  return taken;
}
