import type { CheckedDocument, HealthState, ManifestProblem } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Explained } from '../explain/explained.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { objectKey } from '../objects/object-key.ts';
import type { Check } from './use-check.ts';

const marks: Record<CheckedDocument['outcome'], HealthState> = {
  created: 'healthy',
  changed: 'pending',
  unchanged: 'scaledToZero',
  untried: 'unknown',
  refused: 'critical',
};

interface CheckResultsProps {
  check: Check;
  /** Whether there is something to ask about that is still wrong in itself. */
  mustMend: boolean;
  /** Keys of the objects whose fields are taken over. */
  taken: ReadonlySet<string>;
  onTake(key: string): void;
}

/** Document by document, what the cluster says of it. */
export function CheckResults({ check: { result, current, error, retry }, mustMend, taken, onTake }: CheckResultsProps) {
  const words = useMessages().create;
  if (mustMend) return <p className="text-soft">{words.mend}</p>;
  if (error !== null) return <ErrorNotice what={words.notChecked} error={error} onRetry={retry} />;
  if (result === null) return current ? null : <SkeletonLines widths={['62%', '48%']} />;
  return (
    <section aria-label={words.results} aria-busy={!current}>
      <h2 className="text-soft text-xs">{current ? words.results : words.checking}</h2>
      <ol className={`mt-1 flex flex-col divide-y divide-line ${current ? '' : 'opacity-60'}`}>
        {result.documents.map((document, index) => {
          const key = `${index} ${objectKey(document.change.target)}`;
          return (
            <Result
              key={key}
              document={document}
              taken={taken.has(objectKey(document.change.target))}
              onTake={() => onTake(objectKey(document.change.target))}
            />
          );
        })}
      </ol>
    </section>
  );
}

function Result({ document: { change, outcome, problems, conflicts }, taken, onTake }: { document: CheckedDocument; taken: boolean; onTake(): void }) {
  const words = useMessages().create;
  const advice = problems.filter(({ source }) => source === 'policy');
  const said = problems.filter(({ source }) => source === 'server');
  return (
    <li className="flex flex-col gap-1 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0">
          <ObjectChip object={change.target} exists={outcome === 'changed' || outcome === 'unchanged'} withNamespace />
        </span>
        <StatusMark state={marks[outcome]} text={words.outcomes[outcome]} />
      </div>
      {said.map((problem) => (
        <Problem key={`${problem.code} ${problem.message}`} problem={problem} />
      ))}
      {conflicts.length > 0 && (
        <div>
          {conflicts.map(({ manager, fields }) => (
            <p key={manager} className="break-words">
              <StatusMark state="high" text={words.conflict(manager, fields.join(', '))} />
            </p>
          ))}
          <Tick label={words.takeOver} checked={taken} onChange={onTake} />
        </div>
      )}
      {advice.length > 0 && (
        <details>
          <summary className="cursor-pointer text-soft">{words.advices(advice.length)}</summary>
          <ul className="mt-1 flex flex-col gap-1">
            {advice.map((problem) => (
              <li key={`${problem.code} ${problem.path} ${problem.message}`} className="break-words">
                <Problem problem={problem} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Problem({ problem: { advice, source, code, path, message, hint } }: { problem: ManifestProblem }) {
  const words = useMessages().create;
  return (
    <p className="break-words">
      {source === 'policy' ? (
        <Explained as="check" what={code} text={message}>
          <StatusMark state="low" text={words.advice} />
        </Explained>
      ) : (
        <StatusMark state={advice ? 'medium' : 'critical'} text={words.warning} />
      )}
      : {path !== null && <code className="font-mono text-code">{path}</code>} {message}
      {hint !== null && <span className="block text-soft">{hint}</span>}
    </p>
  );
}
