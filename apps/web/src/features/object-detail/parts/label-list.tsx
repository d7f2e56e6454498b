import type { KubeObject } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { TextButton } from '../../../ui/button.tsx';
import { Part } from '../../../ui/part.tsx';

const firstOnes = 8;

/** Labels and annotations, as they are written. */
export function LabelsPart({ object }: { object: KubeObject }) {
  const messages = useMessages().objectSummary;
  const { labels = {}, annotations = {} } = object.metadata;
  return (
    <>
      <Entries title={messages.labels} entries={labels} />
      <Entries title={messages.annotations} entries={annotations} />
    </>
  );
}

export function Entries({ title, entries }: { title: string; entries: Readonly<Record<string, string>> }) {
  const messages = useMessages().objectSummary;
  const [all, setAll] = useState(false);
  const names = Object.keys(entries).sort();
  if (names.length === 0) return null;
  const shown = all ? names : names.slice(0, firstOnes);
  return (
    <Part title={title}>
      <ul className="flex flex-col gap-0.5">
        {shown.map((name) => (
          <li key={name} className="break-all font-mono text-code">
            <span className="text-soft">{name}=</span>
            {entries[name]}
          </li>
        ))}
      </ul>
      {shown.length < names.length && (
        <TextButton className="mt-1" onClick={() => setAll(true)}>
          {messages.showAll(names.length)}
        </TextButton>
      )}
    </Part>
  );
}
