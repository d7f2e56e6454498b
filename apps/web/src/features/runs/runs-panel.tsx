import { useMemo } from 'react';
import type { DataFrame } from '../../live/live-client.ts';
import { applyResourcesFrame, type ResourcesState } from '../../live/resources-state.ts';
import { useLive } from '../../live/use-live.ts';
import { useMessages } from '../../messages/language.ts';
import { formatDuration } from '../../text/age.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { ObjectMenuButton } from '../object-actions/object-menu.tsx';
import { trigger } from '../object-actions/trigger.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { useRelations } from '../object-detail/relations/use-relations.ts';
import { ObjectChip } from '../objects/object-chip.tsx';
import { type Run, runsOf } from './run-of.ts';

const most = 200;

function apply(state: ResourcesState | null, frame: DataFrame): ResourcesState | null {
  return frame.type === 'resourcesSnapshot' || frame.type === 'resourcesDelta' ? applyResourcesFrame(state, frame) : state;
}

/** The runs of a CronJob, the latest first, live. */
export default function RunsPanel({ object }: ObjectSectionProps) {
  const messages = useMessages().runs;
  const actions = useObjectActions();
  const cluster = useClusters().selected?.id;
  const { namespace, name } = object;
  const request = useMemo(() => {
    const window = { filter: '', sort: '', offset: 0, limit: most };
    return cluster === undefined
      ? null
      : { type: 'subscribeResources' as const, cluster, kind: 'Job.batch', namespaces: namespace === null ? [] : [namespace], window };
  }, [cluster, namespace]);
  const { state, error, retry } = useLive(request, apply);
  const { relations } = useRelations(object);
  const owned = new Set((relations?.owned ?? []).flatMap((each) => (each.object.kind === 'Job' ? [each.object.name] : [])));
  const runs = state === null || relations === null ? null : runsOf(state.columns, [...state.rows.values()], owned, name);
  const mayTrigger = actions.of([{ object }]).includes(trigger);
  return (
    <div className="flex flex-col gap-3">
      {mayTrigger && (
        <Button className="self-start" onClick={() => actions.run(trigger, [{ object }])}>
          {messages.now}
        </Button>
      )}
      {error !== null && <ErrorNotice what={messages.notRead} error={error} onRetry={retry} />}
      {runs === null && error === null && <SkeletonLines widths={['80%', '72%', '76%']} />}
      {runs?.length === 0 && <Empty title={messages.none}>{messages.noneNote}</Empty>}
      {runs !== null && runs.length > 0 && <RunsTable runs={runs} />}
    </div>
  );
}

function RunsTable({ runs }: { runs: readonly Run[] }) {
  const { columns, hand, schedule, section } = useMessages().runs;
  return (
    <PlainTable
      label={section}
      head={[columns.name, columns.state, columns.by, columns.started, columns.took, columns.pods, '']}
      rows={runs.map((run) => ({
        key: run.object.name,
        cells: [
          <ObjectChip key="name" object={run.object} bare />,
          <StatusMark key="state" state={run.state} text={run.stateText} />,
          run.byHand ? hand : schedule,
          run.started !== null && <Age key="started" at={run.started} />,
          run.started !== null && run.completed !== null && formatDuration(Date.parse(run.completed) - Date.parse(run.started)),
          run.completions,
          <ObjectMenuButton key="menu" targets={[run]} />,
        ],
      }))}
    />
  );
}
