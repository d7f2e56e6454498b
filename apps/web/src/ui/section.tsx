import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  /** Beside the title: what narrows the part down, or leads on. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-2 border-b pb-1">
        <h2 id={id} className="font-semibold text-md">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
