import type { ReactNode } from 'react';

/** Names and values in aligned columns, two beside each other where there is room; `long` values need more of it. */
export function Facts({ long = false, children }: { long?: boolean; children: ReactNode }) {
  return <dl className={`grid gap-x-8 gap-y-1.5 empty:hidden ${long ? '@4xl:grid-cols-2' : '@xl:grid-cols-2'}`}>{children}</dl>;
}

interface FactProps {
  label: string;
  /** Nothing to say: the fact is left out. */
  children: ReactNode;
}

export function Fact({ label, children }: FactProps) {
  if (children === null || children === undefined || children === '' || children === false) return null;
  return (
    <div className="grid min-w-0 grid-cols-[8.5rem_minmax(0,1fr)] items-baseline gap-x-3">
      <dt className="text-soft text-xs">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** Values that stand beside each other and wrap. */
export function Several({ children }: { children: ReactNode }) {
  return <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-1">{children}</span>;
}

export function Mono({ children }: { children: ReactNode }) {
  return <span className="break-all font-mono text-code">{children}</span>;
}
