import { createHash } from 'node:crypto';

/** What stands in for the hash of a row before the first. */
export const noHash = '0'.repeat(64);

/** The hash of a row: SHA-256 over its canonical JSON. `record` is canonical JSON itself. */
export function rowHash({ seq, previous, record }: { seq: number; previous: string; record: string }): string {
  return createHash('sha256').update(`{"previous":"${previous}","record":${record},"seq":${seq}}`).digest('hex');
}
