import { type ReactNode, useRef } from 'react';

/** Tints what it holds for a second when the value that it shows becomes another. */
export function Changing({ value, children }: { value: string; children: ReactNode }) {
  const seen = useRef({ value, changes: 0 });
  if (seen.current.value !== value) seen.current = { value, changes: seen.current.changes + 1 };
  const { changes } = seen.current;
  const tint = changes === 0 ? '' : changes % 2 === 0 ? 'changed-a' : 'changed-b';
  return <span className={`inline-flex min-w-0 rounded-[3px] ${tint}`}>{children}</span>;
}
