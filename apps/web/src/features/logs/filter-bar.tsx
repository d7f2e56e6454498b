import { toAppError } from '@quarterdeck/contract';
import { Filter, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { useLogView } from './log-view-context.ts';
import { SeverityChips } from './severity-chips.tsx';
import { added, mostExpressions } from './use-line-actions.ts';

/** Which lines are shown: expressions that are added one by one, and severities. */
export function FilterBar() {
  const { subject, change } = useLogView();
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-2 py-0.5">
      <FilterBox />
      {subject.include.map((expression) => (
        <Chip key={`+${expression}`} excludes={false} expression={expression} onRemove={() => change({ include: without(subject.include, expression) })} />
      ))}
      {subject.exclude.map((expression) => (
        <Chip key={`-${expression}`} excludes expression={expression} onRemove={() => change({ exclude: without(subject.exclude, expression) })} />
      ))}
      <span className="grow" />
      <SeverityChips />
    </div>
  );
}

function without(expressions: readonly string[], expression: string): string[] {
  return expressions.filter((other) => other !== expression);
}

/** Takes an expression on Enter; one that is broken stays, with what is wrong below it. */
function FilterBox() {
  const { subject, change, facts } = useLogView();
  const { filter } = useMessages().logs;
  const [draft, setDraft] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const refused = facts.errors.find(({ code }) => code === 'VALIDATION_ERROR');
  const told = problem ?? (refused === undefined || subject.include.length + subject.exclude.length === 0 ? null : toAppError(refused).message);
  const add = () => {
    const excludes = draft.startsWith('!');
    const expression = excludes ? draft.slice(1) : draft;
    if (expression === '') return;
    const list = excludes ? subject.exclude : subject.include;
    const reason = list.length >= mostExpressions ? filter.tooMany : problemOf(expression, filter.broken);
    setProblem(reason);
    if (reason !== null) return;
    setDraft('');
    change(excludes ? { exclude: added(list, expression) } : { include: added(list, expression) });
  };
  return (
    <div className="relative flex min-w-0 max-w-72 grow basis-40 items-center">
      <Filter className="pointer-events-none absolute left-2 size-3.5 text-soft" aria-hidden="true" />
      <input
        data-log-filter=""
        type="text"
        value={draft}
        aria-label={filter.label}
        aria-invalid={told !== null}
        aria-describedby={told === null ? undefined : id}
        placeholder={filter.placeholder}
        title={filter.hint}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setDraft(event.target.value);
          setProblem(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (draft === '') event.currentTarget.blur();
          setDraft('');
          setProblem(null);
        }}
        className={`h-7 w-full rounded border bg-surface pr-2 pl-7 font-mono text-code placeholder:font-sans placeholder:text-sm placeholder:text-soft focus:outline-2 focus:outline-accent focus:-outline-offset-1 ${told === null ? 'border-line' : 'border-critical'}`}
      />
      {told !== null && (
        <p id={id} role="alert" className="absolute top-full left-0 z-20 mt-1 w-max max-w-96 rounded bg-raised px-2 py-1 text-critical text-xs shadow-float">
          {told}
        </p>
      )}
    </div>
  );
}

/** What is wrong with an expression, in the browser's own words; null where nothing is. The server reads it again. */
function problemOf(expression: string, say: (reason: string) => string): string | null {
  try {
    new RegExp(expression.replace(/^\(\?i\)/, ''));
    return null;
  } catch (thrown) {
    return say(thrown instanceof Error ? thrown.message.replace(/^Invalid regular expression: /, '') : String(thrown));
  }
}

function Chip({ expression, excludes, onRemove }: { expression: string; excludes: boolean; onRemove(): void }) {
  const { filter } = useMessages().logs;
  return (
    <span className="flex h-6 min-w-0 max-w-72 items-center rounded border border-line bg-sunken pl-2 text-xs">
      <span className="shrink-0 pr-1.5 text-soft">{excludes ? filter.exclude : filter.include}</span>
      <span className={`min-w-0 truncate font-mono ${excludes ? 'line-through decoration-soft' : ''}`} title={expression}>
        {expression}
      </span>
      <button
        type="button"
        aria-label={filter.remove(expression)}
        title={filter.remove(expression)}
        onClick={onRemove}
        className="p-1.5 text-soft hover:text-ink [&_svg]:size-3"
      >
        <X aria-hidden="true" />
      </button>
    </span>
  );
}
