import type { ModelSetup } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { usePreferences } from '../../preferences/preferences.ts';
import { formatDollars } from '../../text/money.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Middle } from '../../ui/middle.tsx';
import { NameList } from '../../ui/name-list.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { TriedModel } from './trial-state.ts';
import { useTrials } from './use-trials.ts';

const most = 4;

/** Models side by side on the same small tasks: whether they answer rightly, how fast, at what cost. */
export function ModelCompare({ setup }: { setup: ModelSetup }) {
  const messages = useMessages().providers;
  const [names, setNames] = useState<readonly string[]>(() => setup.choice.use.slice(0, most));
  const trials = useTrials();
  const known = [
    ...setup.choice.use,
    ...setup.choice.plans,
    ...setup.providers.flatMap(({ id, suggested }) => (suggested === null ? [] : `${id}/${suggested}`)),
  ];
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-3xl text-soft">{messages.compareNote}</p>
      <div className="max-w-xl">
        <NameList label={messages.compareWhich} names={names} known={known} onChange={(chosen) => setNames(chosen.slice(0, most))} />
      </div>
      {trials.error !== null && <ErrorNotice what={messages.notCompared} error={trials.error} />}
      {trials.isRunning ? (
        <Button className="self-start" onClick={trials.stop}>
          {messages.stop}
        </Button>
      ) : (
        <Button className="self-start" disabled={names.length === 0} onClick={() => trials.start(names)}>
          {messages.start}
        </Button>
      )}
      {trials.tried.length > 0 && <Results tried={trials.tried} isRunning={trials.isRunning} />}
    </div>
  );
}

function Results({ tried, isRunning }: { tried: readonly TriedModel[]; isRunning: boolean }) {
  const messages = useMessages().providers;
  const { columns } = messages;
  const head = 'py-1 pr-4 font-normal';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label={messages.trialOf} aria-busy={isRunning} tabIndex={0} className="overflow-x-auto">
      <table className="w-full min-w-lg">
        <thead className="text-left text-soft text-xs">
          <tr>
            <th className={head}>{columns.model}</th>
            <th className={head}>{columns.tasks}</th>
            <th className={`${head} text-right`}>{columns.first}</th>
            <th className={`${head} text-right`}>{columns.speed}</th>
            <th className={`${head} text-right`}>{columns.cost}</th>
            <th className={head}>{columns.note}</th>
          </tr>
        </thead>
        <tbody>
          {tried.map((each) => (
            <Result key={each.model} tried={each} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Result({ tried: { model, done, of, result } }: { tried: TriedModel }) {
  const messages = useMessages().providers;
  const { language } = usePreferences();
  const cell = 'border-line/60 border-t py-1 pr-4 align-top';
  if (result === null) {
    return (
      <tr>
        <td className={`${cell} max-w-52 font-medium`}>
          <Middle text={model} />
        </td>
        <td className={cell} colSpan={5}>
          <StatusMark state="pending" text={of === 0 ? messages.waiting : messages.running(done, of)} />
        </td>
      </tr>
    );
  }
  const failed = result.tasks.filter(({ passed }) => !passed);
  return (
    <tr>
      <td className={`${cell} max-w-52 font-medium`}>
        <Middle text={model} />
      </td>
      <td className={cell}>
        <StatusMark
          state={result.error !== null ? 'critical' : failed.length === 0 ? 'healthy' : 'medium'}
          text={messages.tasksOf(result.tasks.length - failed.length, result.of)}
        />
      </td>
      <td className={`${cell} text-right`}>{result.firstTokenMs === null ? '' : messages.milliseconds(Math.round(result.firstTokenMs))}</td>
      <td className={`${cell} text-right`}>{result.tokensPerSecond === null ? messages.unknown : Math.round(result.tokensPerSecond)}</td>
      <td className={`${cell} text-right`}>{result.cost === null ? messages.unknown : formatDollars(result.cost, language)}</td>
      <td className={`${cell} break-words`}>
        {result.error !== null && `${result.error.message} ${result.error.hint}`}
        {result.error === null && failed.length > 0 && messages.failedTasks(failed.map(({ title }) => title).join(', '))}
      </td>
    </tr>
  );
}
