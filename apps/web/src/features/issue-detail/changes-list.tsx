import { type PastChange, refKey } from '@quarterdeck/contract';
import { Clock } from '../../ui/time.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';

/** What was written to the objects on the way, newest first. */
export function ChangesList({ changes }: { changes: readonly PastChange[] }) {
  if (changes.length === 0) return <p className="text-soft">No change of these objects is on record.</p>;
  return (
    <ol className="flex flex-col gap-2">
      {changes.map((change) => (
        <li key={`${change.at} ${refKey(change.object)} ${change.what}`} className="flex gap-3">
          <span className="shrink-0 text-soft">
            <Clock at={change.at} />
          </span>
          <span className="min-w-0 break-words">
            {change.what} <ObjectChip object={change.object} /> <span className="text-soft text-xs">by {change.by}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
