import { type ActionStep, changeWords } from '@quarterdeck/contract';
import { CodeBlock } from '../../ui/code-block.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { conditionText, dangerMarks, stepMarks } from './action-words.ts';
import { Conditions } from './conditions.tsx';
import { DiffView } from './diff-view.tsx';
import { StepPreviewView } from './step-preview.tsx';

interface StepViewProps {
  step: ActionStep;
  number: number;
  /** Whether the preview is what counts; afterwards it is behind a line. */
  previewed: boolean;
  /** Whether its objects are of the cluster that is shown, and can be opened. */
  here: boolean;
}

/** One step: what it sends, what that would do, and how far it is. */
export function StepView({ step, number, previewed, here }: StepViewProps) {
  const { description, change, kubectl, preview, refused } = step;
  const words = changeWords(change);
  const mark = previewed ? (preview === null ? null : dangerMarks[preview.danger.danger]) : stepMarks[step.run.state];
  return (
    <li className="flex gap-3 border-line border-b p-3 last:border-b-0">
      <span className="w-4 shrink-0 text-right text-soft">{number}</span>
      <div className="flex min-w-0 grow flex-col gap-2">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h3 className="min-w-0 grow basis-64 break-words font-medium">{description}</h3>
          {mark !== null && <StatusMark {...mark} />}
        </div>
        {words !== description && <p className="break-words">{words}</p>}
        <CodeBlock code={kubectl} label="Copy command" />
        {refused !== null && <Refused refused={refused} />}
        {!previewed && <StepRunView run={step.run} />}
        {previewed && preview !== null && <StepPreviewView preview={preview} here={here} />}
        {previewed && <Until step={step} />}
        {!previewed && preview !== null && (
          <details>
            <summary className="cursor-pointer text-soft">What the preview said</summary>
            <div className="mt-2">
              <StepPreviewView preview={preview} here={here} />
            </div>
          </details>
        )}
      </div>
    </li>
  );
}

function Refused({ refused }: { refused: NonNullable<ActionStep['refused']> }) {
  return (
    <p className="break-words">
      <StatusMark state="critical" text="It would be refused" />: {refused.error}
      {refused.hint !== undefined && <span className="block text-soft">{refused.hint}</span>}
    </p>
  );
}

function Until({ step: { until, timeoutSeconds } }: { step: ActionStep }) {
  if (until.length === 0) return null;
  return (
    <p className="text-soft">
      Then waits up to {timeoutSeconds} s until: {until.map(conditionText).join('; ')}.
    </p>
  );
}

function StepRunView({ run: { error, validation, diff, state } }: Pick<ActionStep, 'run'>) {
  return (
    <>
      {error !== null && (
        <p className="break-words">
          <StatusMark state={state === 'unknown' ? 'unknown' : 'critical'} text={error.code} />: {error.error}
          {error.hint !== undefined && <span className="block text-soft">{error.hint}</span>}
        </p>
      )}
      {validation.length > 0 && <Conditions states={validation} />}
      {diff !== null && diff !== '' && <DiffView diff={diff} label="Copy diff of what changed" />}
    </>
  );
}
