import type { KindTypes } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { SelectorLink } from '../parts/selector-link.tsx';
import { defineSummary, type SummaryProps } from './kind-summary.ts';

function DisruptionBudgetSummary({ object: { spec, status, metadata } }: SummaryProps<KindTypes['PodDisruptionBudget']>) {
  const messages = useMessages().objectSummary;
  const allowed = status?.disruptionsAllowed ?? 0;
  return (
    <>
      <Facts>
        <Fact label={messages.mayBeEvicted}>
          <StatusMark state={allowed === 0 ? 'medium' : 'healthy'} text={messages.podsCount(allowed)} />
        </Fact>
        <Fact label={messages.healthyPods}>{messages.ofDesired(status?.currentHealthy ?? 0, status?.desiredHealthy ?? 0, status?.expectedPods ?? 0)}</Fact>
        <Fact label={messages.minAvailable}>{spec?.minAvailable}</Fact>
        <Fact label={messages.maxUnavailable}>{spec?.maxUnavailable}</Fact>
        <Fact label={messages.unhealthyPolicy}>{spec?.unhealthyPodEvictionPolicy}</Fact>
        <Fact label={messages.selector}>{spec?.selector !== undefined && <SelectorLink selector={spec.selector} namespace={metadata.namespace} />}</Fact>
      </Facts>
      <ConditionsPart conditions={status?.conditions} />
    </>
  );
}

export const disruptionBudgetSummary = defineSummary('PodDisruptionBudget', DisruptionBudgetSummary);
