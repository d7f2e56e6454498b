import { type ReactNode, useId } from 'react';

interface OverviewPartProps {
  title: string;
  /** Beside the title: what leads on. */
  more?: ReactNode;
  children: ReactNode;
}

/** A part of the overview under its title. */
export function OverviewPart({ title, more, children }: OverviewPartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 border-b pb-1">
        <h2 id={id} className="font-semibold text-md">
          {title}
        </h2>
        {more}
      </div>
      {children}
    </section>
  );
}
