import { type ReactNode, useRef } from 'react';

/** Counts the changes of a value; the first one seen is none. */
function useChanges(value: string | number | null | undefined): number {
  const seen = useRef({ value, changes: 0 });
  if (seen.current.value !== value) seen.current = { value, changes: seen.current.changes + 1 };
  return seen.current.changes;
}

interface TableCellProps {
  children: ReactNode;
  align: 'left' | 'right';
  /** Where the cell stays when the others scroll sideways; empty for those that scroll. */
  sticky: string;
  background: string;
  watched: string | number | null | undefined;
}

/** Tints for a second when the watched value changes. */
export function TableCell({ children, align, sticky, background, watched }: TableCellProps) {
  const changes = useChanges(watched);
  const tint = changes === 0 ? '' : changes % 2 === 0 ? 'changed-a' : 'changed-b';
  return (
    <td
      className={`h-full overflow-hidden whitespace-nowrap border-line/60 border-b px-3 py-0 ${align === 'right' ? 'text-right' : ''} ${sticky === '' ? '' : `${sticky} z-[5] ${background}`} ${tint}`}
    >
      {children}
    </td>
  );
}
