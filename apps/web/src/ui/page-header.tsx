import type { ReactNode } from 'react';

/** The title of a page and what narrows it down, in one line that wraps where it must. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
      <h1 className="mr-1 font-semibold text-md">{title}</h1>
      {children}
    </div>
  );
}
