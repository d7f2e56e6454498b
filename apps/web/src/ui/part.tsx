import type { ReactNode } from 'react';

/** A part of a panel under a quiet title. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-soft text-xs">{title}</h3>
      {children}
    </section>
  );
}
