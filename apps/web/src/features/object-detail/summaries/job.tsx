import { type KindTypes, refOf, refTo } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { formatDuration } from '../../../text/age.ts';
import { useNow } from '../../../ui/now.ts';
import { Part } from '../../../ui/part.tsx';
import { Age } from '../../../ui/time.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { containersIn } from '../containers/container-states.ts';
import { ContainersPart } from '../containers/containers-part.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts, Mono, Several } from '../parts/facts.tsx';
import { ObjectChips } from '../parts/object-chips.tsx';
import { useRelations } from '../relations/use-relations.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function JobSummary({ object }: SummaryProps<KindTypes['Job']>) {
  const messages = useMessages().objectSummary;
  const { spec, status, metadata } = object;
  const now = useNow(1_000);
  const pods = (useRelations(refOf(object)).relations?.owned ?? []).filter((owned) => owned.object.kind === 'Pod');
  const { startTime, completionTime } = status ?? {};
  const duration = durationOf(status, now);
  return (
    <>
      <Facts>
        <Fact label={messages.completions}>{messages.jobCounts(countsOf(object))}</Fact>
        <Fact label={messages.duration}>{duration !== null && formatDuration(duration)}</Fact>
        <Fact label={messages.started}>{startTime !== undefined && <Age at={startTime} />}</Fact>
        <Fact label={messages.completed}>{completionTime !== undefined && <Age at={completionTime} />}</Fact>
        <Fact label={messages.parallelism}>{spec?.parallelism}</Fact>
        <Fact label={messages.backoffLimit}>{spec?.backoffLimit}</Fact>
        <Fact label={messages.activeDeadline}>{spec?.activeDeadlineSeconds !== undefined && formatDuration(spec.activeDeadlineSeconds * 1_000)}</Fact>
        <Fact label={messages.ttl}>{spec?.ttlSecondsAfterFinished !== undefined && formatDuration(spec.ttlSecondsAfterFinished * 1_000)}</Fact>
        <Fact label={messages.suspended}>{spec?.suspend === true && messages.yes}</Fact>
      </Facts>
      {pods.length > 0 && (
        <Part title={messages.podsCount(pods.length)}>
          <ObjectChips objects={pods} bare />
        </Part>
      )}
      <ContainersPart containers={containersIn(spec?.template.spec)} spec={spec?.template.spec} namespace={metadata.namespace ?? null} events={[]} usage={[]} />
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

function countsOf({ spec, status }: KindTypes['Job']) {
  return { done: status?.succeeded ?? 0, wanted: spec?.completions ?? 1, active: status?.active ?? 0, failed: status?.failed ?? 0 };
}

/** Milliseconds, until now for one that runs; null for one that has not begun. */
function durationOf(status: KindTypes['Job']['status'], now: number): number | null {
  const { startTime, completionTime } = status ?? {};
  if (startTime === undefined) return null;
  return (completionTime === undefined ? now : Date.parse(completionTime)) - Date.parse(startTime);
}

function CronJobSummary({ object }: SummaryProps<KindTypes['CronJob']>) {
  const messages = useMessages().objectSummary;
  const { spec, status, metadata } = object;
  const namespace = metadata.namespace ?? null;
  const template = spec?.jobTemplate.spec?.template.spec;
  const jobs = (useRelations(refOf(object)).relations?.owned ?? []).filter((owned) => owned.object.kind === 'Job');
  return (
    <>
      <Facts>
        <Fact label={messages.schedule}>
          <Mono>{spec?.schedule}</Mono> <span className="text-soft">{spec?.timeZone ?? ''}</span>
        </Fact>
        <Fact label={messages.suspended}>{spec?.suspend === true ? messages.yes : messages.no}</Fact>
        <Fact label={messages.lastSchedule}>{status?.lastScheduleTime !== undefined && <Age at={status.lastScheduleTime} />}</Fact>
        <Fact label={messages.lastSuccess}>{status?.lastSuccessfulTime !== undefined && <Age at={status.lastSuccessfulTime} />}</Fact>
        <Fact label={messages.concurrency}>{spec?.concurrencyPolicy}</Fact>
        <Fact label={messages.startingDeadline}>{spec?.startingDeadlineSeconds !== undefined && formatDuration(spec.startingDeadlineSeconds * 1_000)}</Fact>
        <Fact label={messages.historyLimits}>{messages.keeps(spec?.successfulJobsHistoryLimit ?? 3, spec?.failedJobsHistoryLimit ?? 1)}</Fact>
        <Fact label={messages.active}>
          {(status?.active ?? []).length > 0 && (
            <Several>
              {(status?.active ?? []).map(({ name = '' }) => (
                <ObjectChip key={name} object={refTo('Job', namespace, name)} bare />
              ))}
            </Several>
          )}
        </Fact>
      </Facts>
      {jobs.length > 0 && (
        <Part title={messages.jobs}>
          <ObjectChips objects={jobs} bare />
        </Part>
      )}
      <ContainersPart containers={containersIn(template)} spec={template} namespace={namespace} events={[]} usage={[]} />
    </>
  );
}

export const jobSummary = defineSummary('Job', JobSummary);
export const cronJobSummary = defineSummary('CronJob', CronJobSummary);
