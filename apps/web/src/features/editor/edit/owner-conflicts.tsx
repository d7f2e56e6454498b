import type { FieldConflict } from '@quarterdeck/contract';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Moment } from '../../../ui/time.tsx';

interface OwnerConflictsProps {
  conflicts: readonly FieldConflict[];
  onTakeOver(): void;
  onBack(): void;
}

/** Whose fields the edit would take, and the choice: nothing is taken over without this word. */
export function OwnerConflicts({ conflicts, onTakeOver, onBack }: OwnerConflictsProps) {
  const words = useMessages().editor;
  const region = useRef<HTMLElement>(null);
  useEffect(() => region.current?.focus(), []);
  const fields = conflicts.reduce((sum, conflict) => sum + conflict.fields.length, 0);
  return (
    <section ref={region} tabIndex={-1} aria-label={words.conflictsTitle} className="flex flex-col gap-2 border-b bg-sunken px-4 py-3 outline-none">
      <h3 className="font-medium">
        <StatusMark state="high" text={words.conflictsTitle} />
      </h3>
      <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto">
        {conflicts.map(({ manager, operation, since, fields: owned }) => (
          <li key={`${manager} ${operation} ${owned.join()}`} className="break-words">
            <span className="font-medium">{manager}</span>
            {operation !== null && <span className="text-soft"> ({operation})</span>}
            {since !== null && (
              <span className="text-soft">
                {' '}
                {words.conflictSince} <Moment at={since} />
              </span>
            )}
            : <span className="font-mono text-code">{owned.join(', ')}</span>
          </li>
        ))}
      </ul>
      <p className="text-soft">{words.conflictsNote}</p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onTakeOver}>
          {words.takeOver(fields)}
        </Button>
        <Button onClick={onBack}>{words.keepEditing}</Button>
      </div>
    </section>
  );
}
