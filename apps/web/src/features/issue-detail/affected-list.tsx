import { Popover } from '@base-ui/react/popover';
import { type ObjectRef, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';

/** How many objects suffer from it; which ones, by kind, on demand: forty of them stay one line in the heading. */
export function AffectedList({ affected, namespace }: { affected: readonly ObjectRef[]; namespace: string | null }) {
  const messages = useMessages().issueDetail;
  const kinds = [...Map.groupBy(affected, ({ kind }) => kind)].toSorted(([a], [b]) => a.localeCompare(b));
  return (
    <PopoverButton
      face={messages.affected(affected.length)}
      look="rounded-sm underline decoration-dotted underline-offset-2 hover:text-ink"
      panel="max-h-[50vh] w-[min(26rem,94vw)] overflow-y-auto p-3"
    >
      <Popover.Title className="font-medium">{messages.affectedTitle}</Popover.Title>
      {kinds.map(([kind, members]) => (
        <section key={kind} className="mt-2">
          <h3 className="text-soft text-xs">
            {kind} {members.length > 1 && members.length}
          </h3>
          <ul>
            {members.map((ref) => (
              <li key={refKey(ref)} className="flex min-h-6 items-center">
                <ObjectChip object={ref} bare withNamespace={ref.namespace !== namespace} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </PopoverButton>
  );
}
