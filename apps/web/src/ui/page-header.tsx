import type { ReactNode } from 'react';
import { usePreferences } from '../preferences/preferences.ts';

/** Keeps what is not a table in line with the page's title. */
export function PageInset({ children }: { children: ReactNode }) {
  return <div className="shrink-0 p-3 pt-1">{children}</div>;
}

/** The title of a page and what narrows it down, in one line that wraps where it must. */
export function PageHeader({ title, total = null, children }: { title: string; total?: number | null; children?: ReactNode }) {
  const { language } = usePreferences();
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
      <h1 className="mr-1 font-semibold text-md">
        {title}
        {total !== null && <span className="ml-2 font-normal text-sm text-soft">{total.toLocaleString(language)}</span>}
      </h1>
      {children}
    </div>
  );
}
