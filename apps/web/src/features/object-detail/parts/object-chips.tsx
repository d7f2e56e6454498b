import type { RelatedObject } from '@quarterdeck/contract';
import { refKey } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { TextButton } from '../../../ui/button.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';

const firstOnes = 12;

/** Objects with their states, those that need a look first. */
export function ObjectChips({ objects, bare = false }: { objects: readonly RelatedObject[]; bare?: boolean }) {
  const messages = useMessages().objectSummary;
  const [all, setAll] = useState(false);
  const ordered = objects.toSorted((a, b) => Number(a.state === 'healthy') - Number(b.state === 'healthy'));
  const shown = all ? ordered : ordered.slice(0, firstOnes);
  return (
    <div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1.5">
        {shown.map(({ object, exists, state, text }) => (
          <li key={refKey(object)} className="flex min-w-0 max-w-full items-center gap-1.5">
            <ObjectChip object={object} exists={exists} state={state} stateText={text} bare={bare} />
            {text !== '' && state !== 'healthy' && <span className="shrink-0 text-soft text-xs">{text}</span>}
          </li>
        ))}
      </ul>
      {shown.length < ordered.length && (
        <TextButton className="mt-1" onClick={() => setAll(true)}>
          {messages.showAll(ordered.length)}
        </TextButton>
      )}
    </div>
  );
}
