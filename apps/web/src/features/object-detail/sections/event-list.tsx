import type { EventGroup } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import { aboutEvent } from '../../ask-about/ask-about.ts';
import { AskAboutButton } from '../../ask-about/ask-button.tsx';
import { Explained } from '../../explain/explained.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';

/** Events as lines: when, what, how often. `withObjects` says of each what it is about. */
export function EventLines({ groups, withObjects }: { groups: readonly EventGroup[]; withObjects: boolean }) {
  const { askAbout } = useMessages();
  return (
    <ul className="flex flex-col divide-y divide-line/60">
      {groups.map((group) => (
        <li key={group.id} className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-baseline gap-x-3 py-1.5">
          <span className="text-right text-soft text-xs">{group.lastAt !== null && <Age at={group.lastAt} />}</span>
          <div className="min-w-0">
            <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
              <Explained as="reason" what={group.reason} object={group.object} text={group.message}>
                <StatusMark state={group.type === 'Warning' ? 'medium' : 'healthy'} text={group.reason} />
              </Explained>
              {group.count > 1 && <span className="text-soft text-xs">×{group.count}</span>}
              {withObjects && <ObjectChip object={group.object} />}
              <span className="text-soft text-xs">{group.source}</span>
              <AskAboutButton about={group.reason} className="ml-auto h-5! w-5!" request={() => aboutEvent(group, askAbout)} />
            </p>
            <p className="break-words">{group.message}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
