import type { KindTypes } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Age } from '../../../ui/time.tsx';
import { ObjectChip } from '../../objects/object-chip.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { metricLines } from './autoscaler-metrics.ts';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function AutoscalerSummary({ object: { spec, status, metadata } }: SummaryProps<KindTypes['HorizontalPodAutoscaler']>) {
  const messages = useMessages().objectSummary;
  const target = spec?.scaleTargetRef;
  const lines = metricLines(spec?.metrics ?? [], status?.currentMetrics ?? []);
  const { metric, current, wanted } = messages.metricColumns;
  return (
    <>
      <Facts>
        <Fact label={messages.scales}>
          {target !== undefined && (
            <ObjectChip object={{ apiVersion: target.apiVersion ?? 'apps/v1', kind: target.kind, namespace: metadata.namespace ?? null, name: target.name }} />
          )}
        </Fact>
        <Fact label={messages.replicas}>{messages.between(status?.currentReplicas ?? 0, spec?.minReplicas ?? 1, spec?.maxReplicas ?? 0)}</Fact>
        <Fact label={messages.desired}>{status?.desiredReplicas}</Fact>
        <Fact label={messages.lastScaled}>{status?.lastScaleTime !== undefined && <Age at={status.lastScaleTime} />}</Fact>
      </Facts>
      {lines.length > 0 && (
        <Part title={messages.metrics}>
          <PlainTable
            label={messages.metrics}
            head={[metric, current, wanted]}
            rows={lines.map((line) => ({ key: line.name, cells: [line.name, line.current ?? messages.notKnown, line.target] }))}
          />
        </Part>
      )}
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

export const autoscalerSummary = defineSummary('HorizontalPodAutoscaler', AutoscalerSummary);
