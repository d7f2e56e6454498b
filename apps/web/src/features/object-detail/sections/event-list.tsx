import type { EventGroup } from '@quarterdeck/contract';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';

/** Events as lines: when, what, how often. `withObjects` says of each what it is about. */
export function EventLines({ groups, withObjects }: { groups: readonly EventGroup[]; withObjects: boolean }) {
  return (
    <ul className="flex flex-col divide-y divide-line/60">
      {groups.map((group) => (
        <li key={group.id} className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-1.5">
          <span className="text-right text-soft text-xs">{group.lastAt !== null && <Age at={group.lastAt} />}</span>
          <div className="min-w-0">
            <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <StatusMark state={group.type === 'Warning' ? 'medium' : 'healthy'} text={group.reason} />
              {group.count > 1 && <span className="text-soft text-xs">×{group.count}</span>}
              {withObjects && <ObjectChip object={group.object} />}
              <span className="text-soft text-xs">{group.source}</span>
            </p>
            <p className="break-words">{group.message}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
