import type { HelmEvent, HelmTarget } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useMay } from '../session/session.tsx';
import { eventText } from './helm-operation.ts';
import type { OperationRun } from './use-operation.ts';

interface OperationOutputProps {
  run: OperationRun;
  target: HelmTarget | null;
  /** Whether there is no release to open afterwards. */
  removed: boolean;
  onClose(): void;
}

/** What Helm says and does, as it happens, and how it ended. */
export function OperationOutput({ run, target, removed, onClose }: OperationOutputProps) {
  const messages = useMessages().helm;
  const mayAudit = useMay('audit.read');
  const { state, events, error } = run;
  const last = events.at(-1);
  return (
    <div className="flex flex-col gap-3">
      <div role="status" className="flex flex-col gap-1">
        {state === 'running' && (
          <p>
            <StatusMark state="pending" text={messages.run.running} /> <span className="text-soft">{messages.run.runsOn}</span>
          </p>
        )}
        {state === 'succeeded' && <StatusMark state="healthy" text={messages.run.done} />}
        {state === 'failed' && <StatusMark state="critical" text={messages.run.failed} />}
        {last?.type === 'ended' && <p className="whitespace-pre-wrap break-words">{last.message}</p>}
        {state === 'lost' && (
          <p>
            <StatusMark state="unknown" text={messages.run.lost} /> <span className="text-soft">{error?.message}</span>
          </p>
        )}
      </div>
      <Output events={events} />
      {state !== 'running' && (
        <div className="flex flex-wrap justify-end gap-2">
          {mayAudit && (
            <Link to="/audit" search={{}} className={buttonStyles.quiet} onClick={onClose}>
              {messages.run.audit}
            </Link>
          )}
          {target !== null && !removed && (
            <Link to="/helm" search={{ release: `${target.namespace}/${target.name}` }} className={buttonStyles.plain} onClick={onClose}>
              {messages.run.openRelease}
            </Link>
          )}
          <Button look="primary" onClick={onClose}>
            {messages.run.close}
          </Button>
        </div>
      )}
    </div>
  );
}

function Output({ events }: { events: readonly HelmEvent[] }) {
  const messages = useMessages().helm;
  const box = useRef<HTMLPreElement>(null);
  const lines = events.filter(({ type }) => type !== 'ended');
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the last line whenever there is one more.
  useEffect(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [lines.length]);
  return (
    <section aria-label={messages.run.output}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <pre ref={box} tabIndex={0} className="h-72 overflow-y-auto whitespace-pre-wrap break-words rounded border bg-sunken px-3 py-2 font-mono text-code">
        {lines.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <div key={index} className={lookOf(event)}>
            {eventText(event)}
          </div>
        ))}
      </pre>
    </section>
  );
}

function lookOf(event: HelmEvent): string {
  // Helm deletes what may be left of an earlier run; that there is nothing is no failure.
  if (event.type === 'called') return event.status >= 400 && event.status !== 404 ? 'text-critical' : 'text-soft';
  return event.type === 'said' && event.stream === 'stderr' ? 'text-high' : '';
}
