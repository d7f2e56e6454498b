import { type ObjectRef, refKey } from '@quarterdeck/contract';

/** The same for the same cause and mechanism on every run, e.g. `qd-3f9a2c7e1b`: ten hex digits of two FNV-1a hashes. */
export function incidentId(cause: ObjectRef, mechanism: string): string {
  const text = `${refKey(cause)}|${mechanism}`;
  const high = fnv1a(text, 0x811c9dc5);
  const low = fnv1a(text, high) & 0xff;
  return `qd-${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(2, '0')}`;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function fnv1a(text: string, offset: number): number {
  let hash = offset;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
