import { type HealthState, type HelmObject, type HelmTarget, refKey } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectMenuButton } from '../object-actions/object-menu.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { useReleaseObjects } from './use-helm.ts';

/** The objects of the manifest, each as it is in the cluster: what is not there, and what was changed since, first. */
export function ReleaseObjects({ target }: { target: HelmTarget }) {
  const messages = useMessages().helm;
  const objects = useReleaseObjects(target);
  if (objects.error !== null && objects.data === undefined)
    return <ErrorNotice what={messages.objectsNotRead} error={objects.error} onRetry={() => objects.refetch()} />;
  if (objects.data === undefined) return <SkeletonLines widths={['60%', '48%', '54%', '58%']} />;
  if (objects.data.length === 0) return <p className="text-soft">{messages.noObjects}</p>;
  const there = objects.data.filter(({ state }) => state === 'present').length;
  return (
    <>
      <p className="mb-2 text-soft">{messages.objectsTotal(there, objects.data.length)}</p>
      <ul className="flex flex-col">
        {objects.data.toSorted(byTrouble).map((entry) => (
          <ObjectEntry key={refKey(entry.object)} entry={entry} namespace={target.namespace} />
        ))}
      </ul>
    </>
  );
}

function byTrouble(one: HelmObject, other: HelmObject): number {
  return rank(one) - rank(other);
}

function rank({ state, health, differences }: HelmObject): number {
  if (state === 'missing') return 0;
  if (health !== null && health.state !== 'healthy') return 1;
  return differences.length > 0 ? 2 : 3;
}

function ObjectEntry({ entry, namespace }: { entry: HelmObject; namespace: string }) {
  const messages = useMessages().helm;
  const { object, state, health, differences, kept, reason } = entry;
  const mark = markOf(entry, messages);
  return (
    <li className="border-b py-1 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3">
        <span className="flex min-w-0 grow basis-60">
          <ObjectChip object={object} exists={state !== 'missing'} withNamespace={object.namespace !== namespace} />
        </span>
        {kept && <span className="text-soft text-xs">{messages.kept}</span>}
        <span className="flex w-40 min-w-0">
          <StatusMark {...mark} />
        </span>
        {state === 'missing' ? <span className="w-7" /> : <ObjectMenuButton targets={[{ object, ...(health === null ? {} : { state: health.state }) }]} />}
      </div>
      {reason !== null && <p className="break-words text-soft text-xs">{reason}</p>}
      {differences.length > 0 && (
        <details>
          <summary className="cursor-pointer text-soft text-xs">{messages.changedSince(differences.length)}</summary>
          <ul className="my-1 flex flex-col gap-0.5 font-mono text-code">
            {differences.map(({ path, wanted, found }) => (
              <li key={path} className="break-words">
                {messages.wanted(path, wanted, found)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function markOf({ state, health }: HelmObject, messages: Messages['helm']): { state: HealthState; text: string } {
  if (state === 'missing') return { state: 'missing', text: messages.missing };
  return state === 'unknown' || health === null ? { state: 'unknown', text: messages.unknown } : health;
}
