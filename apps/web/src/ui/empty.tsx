import type { ReactNode } from 'react';

/** Why there is nothing, and what to do next. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-4 py-16 text-center">
      <p className="text-md">{title}</p>
      <div className="max-w-xl text-soft">{children}</div>
    </div>
  );
}
