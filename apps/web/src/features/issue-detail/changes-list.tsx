import { type PastChange, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Clock } from '../../ui/time.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { FieldChanges } from './field-changes.tsx';

/** What was written to the objects on the way, newest first. */
export function ChangesList({ changes }: { changes: readonly PastChange[] }) {
  const messages = useMessages().issueDetail;
  if (changes.length === 0) return <p className="text-soft">{messages.noChanges}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {changes.map((change) => (
        <li key={`${change.at} ${refKey(change.object)} ${change.what}`} className="flex gap-3">
          <span className="shrink-0 text-soft">
            <Clock at={change.at} />
          </span>
          <div className="min-w-0 break-words">
            {change.what} <ObjectChip object={change.object} /> <span className="text-soft text-xs">{messages.by(change.by)}</span>
            <FieldChanges fields={change.fields} />
          </div>
        </li>
      ))}
    </ol>
  );
}
