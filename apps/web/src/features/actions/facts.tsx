import type { ReactNode } from 'react';

/** What is known of something, name by name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-3 gap-y-1.5 sm:grid-cols-[6.5rem_minmax(0,1fr)]">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** Lines under one name; nothing where there are none. */
export function FactList({ name, items }: { name: string; items: readonly { key: string; content: ReactNode }[] }) {
  if (items.length === 0) return null;
  return (
    <Fact name={name}>
      <ul className="flex flex-col gap-1">
        {items.map(({ key, content }) => (
          <li key={key} className="min-w-0 break-words">
            {content}
          </li>
        ))}
      </ul>
    </Fact>
  );
}
