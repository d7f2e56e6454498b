import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { noChangesIn } from './approval.ts';

interface PlanPreviewProps {
  /** How many steps are chosen. */
  chosen: number;
  pending: boolean;
  error: Error | null;
  onPreview(): void;
}

/** Asks for the preview of the plan's steps, or says why nothing can be carried out. */
export function PlanPreview({ chosen, pending, error, onPreview }: PlanPreviewProps) {
  const { selected } = useClusters();
  const { actions } = useMessages();
  const noChanges = noChangesIn(selected);
  if (noChanges !== null) return <p className="max-w-4xl text-soft">{actions[noChanges]}</p>;
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      {error !== null && <ErrorNotice what={actions.stepsNotPreviewed} error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={pending || chosen === 0} onClick={onPreview}>
          {pending ? actions.previewing : actions.previewSteps(chosen)}
        </Button>
        <span className="text-soft">{chosen === 0 ? actions.noStep : actions.previewNote}</span>
      </div>
    </div>
  );
}
