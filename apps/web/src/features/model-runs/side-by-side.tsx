import type { ModelRun } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { costText, runMarks, tokensOf, tookText } from './run-words.ts';
import { useModelRun } from './use-runs.ts';

/** A replay beside the run that it repeats: the same bytes, two answers. */
export function SideBySide({ replay, original }: { replay: ModelRun; original: string }) {
  const messages = useMessages().modelRuns;
  const first = useModelRun(original);
  return (
    <section aria-label={messages.sideBySide} className="grid gap-4 lg:grid-cols-2">
      {first.data === undefined && first.error === null && <SkeletonLines widths={['60%', '80%', '70%']} />}
      {first.error !== null && <ErrorNotice what={messages.runNotRead} error={first.error} onRetry={() => first.refetch()} />}
      {first.data !== undefined && <Side title={messages.original} run={first.data} />}
      <Side title={messages.replayed} run={replay} />
    </section>
  );
}

function Side({ title, run }: { title: string; run: ModelRun }) {
  const messages = useMessages().modelRuns;
  const { language } = usePreferences();
  const facts = [
    tookText(run.tookMs),
    run.firstTextMs === null ? '' : messages.firstAfter(tookText(run.firstTextMs)),
    `${tokensOf(run).toLocaleString(language)} ${messages.columns.tokens}`,
    costText(run.cost, language, messages.unpriced),
  ];
  return (
    <article className="min-w-0">
      <h3 className="text-soft text-xs">{title}</h3>
      <p className="break-words font-medium">{run.model ?? messages.noModel}</p>
      <p className="flex flex-wrap items-center gap-x-3">
        <StatusMark state={runMarks[run.state]} text={messages.states[run.state]} />
        <span className="text-soft">{facts.filter((fact) => fact !== '').join(' · ')}</span>
      </p>
      <p className="mt-2 whitespace-pre-wrap break-words rounded border bg-sunken px-3 py-2">{run.answers.at(-1) || messages.noAnswer}</p>
    </article>
  );
}
