import { adviceRoutes, type MeasuredSizeAdvice, type ObjectRef, sizedKinds } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { formatBytes } from '../../text/bytes.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Part } from '../../ui/part.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { noChangesIn } from '../actions/approval.ts';
import { AskAboutButton } from '../ask-about/ask-button.tsx';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { formatCores } from '../metrics/format-metric.ts';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { useMay } from '../session/session.tsx';

/** The size that a workload could have by what it uses, and the way to it. */
export default function SizingPanel({ object }: ObjectSectionProps) {
  const words = useMessages().sizing;
  const { data, error, refetch } = useSizeAdvice(object);
  if (error !== null) return <ErrorNotice what={words.notRead} error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <SkeletonLines widths={['52%', '84%', '80%', '76%', '40%']} />;
  if (data.state === 'unmeasured') {
    return (
      <Empty title={words.unmeasured}>
        {data.reason} {data.remedy}
      </Empty>
    );
  }
  return <Advice object={object} advice={data} />;
}

function useSizeAdvice({ kind, namespace, name }: ObjectRef) {
  const { api } = useServices();
  const scope = useClusterScope();
  const sized = sizedKinds.find((each) => each === kind) ?? 'Deployment';
  return useQuery({
    queryKey: ['size advice', scope.cluster, kind, namespace, name],
    queryFn: ({ signal }) => api.call(adviceRoutes.getSizeAdvice, { ...scope, kind: sized, namespace: namespace ?? '', name }, { signal }),
    staleTime: 30_000,
  });
}

function Advice({ object, advice }: { object: ObjectRef; advice: MeasuredSizeAdvice }) {
  const words = useMessages().sizing;
  const { known, days, samples, remarks, cost, containers } = advice;
  const all = Math.max(samples.cpu, samples.memory).toLocaleString();
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <Part title={words.title}>
        <p className="mb-2">{known === 'history' ? words.byHistory(days, all) : words.byPresent}</p>
        <Sizes advice={advice} />
        {containers.length > 1 && <p className="mt-2">{words.divide(containers.join(', '))}</p>}
      </Part>
      {remarks.length > 0 && (
        <Part title={words.remarks}>
          <ul className="flex flex-col gap-1">
            {remarks.map((remark) => (
              <li key={remark} className="break-words">
                {remark}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Freed freed={advice.freed} />
      <Part title={words.cost}>
        <p className="break-words">
          <WithCode text={cost} />
        </p>
      </Part>
      <Change object={object} advice={advice} />
    </div>
  );
}

function Sizes({ advice: { now, advised, peak } }: { advice: MeasuredSizeAdvice }) {
  const words = useMessages().sizing;
  const cores = (value: number | null) => (value === null ? words.none : formatCores(value));
  const bytes = (value: number | null) => (value === null ? words.none : formatBytes(value));
  const rows = [
    [words.rows.cpuRequest, cores(now.requests.cpu), cores(peak.cpu), cores(advised.requests.cpu)],
    [words.rows.memoryRequest, bytes(now.requests.memory), bytes(peak.memory), bytes(advised.requests.memory)],
    [words.rows.memoryLimit, bytes(now.limits.memory), bytes(peak.memory), bytes(advised.limits.memory)],
    [words.rows.replicas, String(now.replicas), '', String(advised.replicas)],
  ];
  return (
    <PlainTable
      label={words.title}
      head={['', words.now, words.seen, words.advised]}
      numbersFrom={1}
      rows={rows.map((cells) => ({ key: cells[0] ?? '', cells }))}
    />
  );
}

function Freed({ freed: { cpu, memory } }: Pick<MeasuredSizeAdvice, 'freed'>) {
  const words = useMessages().sizing;
  const said = (amount: number | null, text: (value: number) => string) =>
    amount === null || amount === 0 ? [] : [amount > 0 ? words.less(text(amount)) : words.more(text(-amount))];
  const parts = [...said(cpu, (value) => words.cpu(formatCores(value))), ...said(memory, (value) => words.memory(formatBytes(value)))];
  if (parts.length === 0) return null;
  return (
    <Part title={words.freed}>
      <p>{parts.join(', ')}</p>
    </Part>
  );
}

function Change({ object, advice: { steps, containers } }: { object: ObjectRef; advice: MeasuredSizeAdvice }) {
  const { sizing: words, actions, askAbout } = useMessages();
  const { preview } = useObjectActions();
  const mayPropose = useMay('action.propose');
  const noChanges = noChangesIn(useClusters().selected);
  const { kind, namespace, name } = object;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {steps.length === 0 && containers.length === 1 && <p>{words.fits}</p>}
      {steps.length > 0 && noChanges !== null && <p className="text-soft">{actions[noChanges]}</p>}
      {steps.length > 0 && noChanges === null && mayPropose && (
        <Button look="primary" onClick={() => preview({ title: words.change(name), steps })}>
          {words.preview}
        </Button>
      )}
      <AskAboutButton request={() => ({ question: askAbout.size(kind, name), focus: { namespace, object: { kind, namespace, name } } })} />
    </div>
  );
}

/** What stands between backticks is typed as it stands. */
function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={part} className="font-mono text-code">
        {part}
      </code>
    ),
  );
}
