import { type HealthState, type HelmDiff, type ManifestChange, refKey } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Part } from '../../ui/part.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { DiffView } from '../actions/diff-view.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';

/** What differs in values and objects. The first changes are open, so that they are read. */
export function HelmDiffView({ diff }: { diff: HelmDiff }) {
  const messages = useMessages().helm;
  const same = diff.values.text === '' && diff.manifest.length === 0;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-soft">
        {messages.diff.from(diff.from, diff.to)} {same && messages.diff.same}
      </p>
      {!same && (
        <>
          <Part title={messages.diff.values}>
            {diff.values.text === '' ? (
              <p className="text-soft">{messages.diff.sameValues}</p>
            ) : (
              <DiffView diff={diff.values.text} label={messages.diff.copy} />
            )}
          </Part>
          <Part title={messages.diff.objects}>
            <ul className="flex flex-col gap-2">
              {diff.manifest.map((change, index) => (
                <ObjectDiff key={refKey(change.object)} change={change} open={change.change !== 'added' && index < 3} />
              ))}
            </ul>
            {diff.unchanged > 0 && <p className="mt-2 text-soft">{messages.diff.unchanged(diff.unchanged)}</p>}
          </Part>
        </>
      )}
    </div>
  );
}

const states: Record<ManifestChange['change'], HealthState> = { added: 'healthy', removed: 'critical', changed: 'medium' };

function ObjectDiff({ change: { object, change, diff }, open }: { change: ManifestChange; open: boolean }) {
  const messages = useMessages().helm;
  return (
    <li>
      <details open={open}>
        <summary className="cursor-pointer">
          <span className="ml-1 inline-flex max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-x-3 align-bottom">
            <StatusMark state={states[change]} text={messages.diff.change[change]} />
            <ObjectChip object={object} exists={false} withNamespace />
            <span className="text-soft">
              +{diff.added} −{diff.removed}
            </span>
          </span>
        </summary>
        <div className="mt-1">
          <DiffView diff={diff.text} label={messages.diff.copy} />
        </div>
      </details>
    </li>
  );
}
