import type { ModelRun } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { tookText } from './run-words.ts';

/** What the model looked up, or in a replay would have. */
export function RunTools({ run: { tools, replayOf } }: { run: Pick<ModelRun, 'tools' | 'replayOf'> }) {
  const messages = useMessages().modelRuns;
  return (
    <ol className="flex flex-col gap-1">
      {tools.map(({ name, input, failed, tookMs, characters }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes; a tool may be called twice with the same words.
        <li key={index} className="flex flex-wrap items-baseline gap-x-3">
          {replayOf === null && <StatusMark compact state={failed ? 'critical' : 'healthy'} text={failed ? messages.toolFailed : messages.toolDone} />}
          <code className="min-w-0 break-all font-mono text-code">
            {name} {JSON.stringify(input)}
          </code>
          {replayOf === null && <span className="text-soft text-xs">{messages.toolTook(tookText(tookMs), characters)}</span>}
        </li>
      ))}
    </ol>
  );
}
