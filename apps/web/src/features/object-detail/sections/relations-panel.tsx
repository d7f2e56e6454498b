import { type Neighbour, type RelatedObject, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Part } from '../../../ui/part.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import type { ObjectSectionProps } from '../object-section.ts';
import { ObjectChips } from '../parts/object-chips.tsx';
import { relationGroups } from '../relations/relation-groups.ts';
import { useRelations } from '../relations/use-relations.ts';

/** What stands around the object, by what joins them, each with its state. */
export default function RelationsPanel({ object }: ObjectSectionProps) {
  const messages = useMessages().objectDetail;
  const { relations, error, retry } = useRelations(object);
  if (relations === null) {
    return error === null ? (
      <SkeletonLines widths={['22%', '46%', '18%', '60%']} />
    ) : (
      <ErrorNotice what={messages.relationsNotRead} error={error} onRetry={retry} />
    );
  }
  const groups = relationGroups(relations);
  const { owners, owned, leftOut } = relations;
  if (groups.length + owners.length + owned.length === 0) return <Empty title={messages.noRelations}>{messages.noRelationsNote}</Empty>;
  return (
    <div className="flex flex-col gap-5">
      <Objects title={messages.owners} objects={owners} />
      <Objects title={messages.owned(owned.length)} objects={owned} />
      {groups.map(({ type, direction, members }) => (
        <Part key={`${type} ${direction}`} title={messages.relationTitle(type, direction)}>
          <ul className="flex flex-col gap-1">
            {members.map((member) => (
              <NeighbourLine key={refKey(member.object)} neighbour={member} home={object.namespace} />
            ))}
          </ul>
        </Part>
      ))}
      {leftOut > 0 && <p className="text-soft text-xs">{messages.relationsLeftOut(leftOut)}</p>}
    </div>
  );
}

function Objects({ title, objects }: { title: string; objects: readonly RelatedObject[] }) {
  if (objects.length === 0) return null;
  return (
    <Part title={title}>
      <ObjectChips objects={objects} />
    </Part>
  );
}

function NeighbourLine({ neighbour: { object, exists, state, text, detail, path }, home }: { neighbour: Neighbour; home: string | null }) {
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-2">
      <ObjectChip object={object} exists={exists} state={state} stateText={text} withNamespace={object.namespace !== home} />
      {text !== '' && state !== 'healthy' && <span className="text-soft text-xs">{text}</span>}
      {detail !== null && <span className="font-mono text-code">{detail}</span>}
      <span className="min-w-0 truncate font-mono text-soft text-xs" title={path}>
        {path}
      </span>
    </li>
  );
}
