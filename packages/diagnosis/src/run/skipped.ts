/** Something that could not be looked at. */
export interface Skipped {
  what: string;
  reason: string;
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
