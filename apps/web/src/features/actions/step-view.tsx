import { type ActionStep, changeWords } from '@quarterdeck/contract';
import { ChevronRight } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { conditionText, dangerMark, type Mark, stepMark } from './action-words.ts';
import { Conditions } from './conditions.tsx';
import { DiffView } from './diff-view.tsx';
import { minimalRole } from './minimal-role.ts';
import { StepPreviewView } from './step-preview.tsx';

interface StepViewProps {
  step: ActionStep;
  number: number;
  /** Whether the preview is what counts; afterwards it is behind a line. */
  previewed: boolean;
  /** Whether its objects are of the cluster that is shown, and can be opened. */
  here: boolean;
  /** One of many that do the same: a line, of which the rest unfolds. */
  folded: boolean;
}

/** One step: what it sends, what that would do, and how far it is. */
export function StepView({ step, number, previewed, here, folded }: StepViewProps) {
  const messages = useMessages();
  const { description, change } = step;
  const words = changeWords(change);
  const mark = markOf(step, previewed, messages);
  const heading = (
    <>
      <h3 className="min-w-0 grow basis-64 break-words font-medium">{description}</h3>
      {mark !== null && <StatusMark {...mark} />}
    </>
  );
  const body = (
    <div className="flex min-w-0 flex-col gap-2">
      {words !== description && <p className="break-words">{words}</p>}
      <StepBody step={step} previewed={previewed} here={here} />
    </div>
  );
  return (
    <li className="flex gap-3 border-line border-b p-3 last:border-b-0">
      <span className="w-4 shrink-0 text-right text-soft">{number}</span>
      {folded ? (
        <details className="group min-w-0 grow" open={step.refused !== null || step.run.error !== null}>
          <summary className="flex cursor-pointer flex-wrap items-center gap-x-3">
            <ChevronRight className="-mx-1 size-3.5 shrink-0 text-soft group-open:rotate-90" aria-hidden="true" />
            {heading}
            <span className="basis-full truncate text-soft">{noteOf(step)}</span>
          </summary>
          <div className="mt-2">{body}</div>
        </details>
      ) : (
        <div className="flex min-w-0 grow flex-col gap-2">
          <div className="flex flex-wrap items-baseline gap-x-3">{heading}</div>
          {body}
        </div>
      )}
    </li>
  );
}

/** How a single step stands, without a number and a heading: the action is about nothing else. */
export function StepBody({ step, previewed, here }: Pick<StepViewProps, 'step' | 'previewed' | 'here'>) {
  const { actions } = useMessages();
  const { kubectl, preview, refused, run } = step;
  return (
    <>
      {refused !== null && <Refused step={step} />}
      {!previewed && <StepRunView run={run} />}
      {previewed && preview !== null && <StepPreviewView preview={preview} here={here} />}
      <CodeBlock code={kubectl} label={actions.copyCommand} />
      {previewed && <Until step={step} />}
      {!previewed && preview !== null && (
        <details>
          <summary className="cursor-pointer text-soft">{actions.whatPreviewSaid}</summary>
          <div className="mt-2">
            <StepPreviewView preview={preview} here={here} />
          </div>
        </details>
      )}
    </>
  );
}

function markOf({ preview, refused, run }: ActionStep, previewed: boolean, messages: ReturnType<typeof useMessages>): Mark | null {
  if (!previewed) return stepMark(run.state, messages);
  if (refused !== null) return { state: 'critical', text: messages.actions.wouldBeRefused };
  return preview === null ? null : dangerMark(preview.danger.danger, messages);
}

/** The one thing to know of a folded step. */
function noteOf({ preview, refused, run }: ActionStep): string {
  return run.error?.error ?? refused?.error ?? run.validation.find(({ state }) => state !== 'met')?.message ?? preview?.radius.note ?? '';
}

function Refused({ step }: { step: ActionStep }) {
  const { actions } = useMessages();
  const { refused } = step;
  const role = minimalRole(step);
  if (refused === null) return null;
  return (
    <div className="flex flex-col gap-2">
      <p className="break-words">
        <StatusMark state="critical" text={actions.wouldBeRefused} />: {refused.error}
        {refused.hint !== undefined && <span className="block text-soft">{refused.hint}</span>}
      </p>
      {role !== null && (
        <div>
          <p className="mb-1 text-soft">{actions.minimalRole}</p>
          <CodeBlock code={role} label={actions.copyRole} />
        </div>
      )}
    </div>
  );
}

function Until({ step: { until, timeoutSeconds } }: { step: ActionStep }) {
  const messages = useMessages();
  if (until.length === 0) return null;
  const what = until.map((condition) => conditionText(condition, messages)).join('; ');
  return <p className="break-words text-soft">{messages.actions.waitsFor(timeoutSeconds, what)}</p>;
}

function StepRunView({ run: { error, validation, diff, state } }: Pick<ActionStep, 'run'>) {
  const { actions } = useMessages();
  return (
    <>
      {error !== null && (
        <p className="break-words">
          <StatusMark state={state === 'unknown' ? 'unknown' : 'critical'} text={error.code} />: {error.error}
          {error.hint !== undefined && <span className="block text-soft">{error.hint}</span>}
        </p>
      )}
      {validation.length > 0 && <Conditions states={validation} />}
      {diff !== null && diff !== '' && <DiffView diff={diff} label={actions.copyRunDiff} />}
    </>
  );
}
