import { type ReactNode, useId } from 'react';

/** A titled part of the page. */
export function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={id} className="font-semibold text-md">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
