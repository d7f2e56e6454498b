import type { ModelRun, SentRequest } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Choice } from '../../ui/field.tsx';
import { sentParts } from './sent-parts.ts';

/** The bytes of each request as they left, with what was put in place of secrets and names marked. */
export function SentRequests({ run }: { run: ModelRun }) {
  const messages = useMessages().modelRuns;
  const [at, setAt] = useState(run.requests.length - 1);
  const request = run.requests[at];
  if (request === undefined) return <p className="text-soft">{messages.nothingSent}</p>;
  const isAliased = run.context.some(({ aliased }) => aliased > 0);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        {run.requests.length > 1 && (
          <Choice
            className="w-56"
            label={messages.request}
            value={String(at)}
            options={run.requests.map((each, index) => ({ value: String(index), label: messages.requestOf(index + 1, each.model) }))}
            onChange={({ target }) => setAt(Number(target.value))}
          />
        )}
        <CopyButton text={JSON.stringify(request, null, 2)} label={messages.copyRequest} />
      </div>
      <p className="text-soft text-xs">
        <mark className="rounded-sm bg-transparent text-critical underline">{messages.markSecret}</mark>{' '}
        {isAliased && <mark className="rounded-sm bg-transparent text-pending underline decoration-dotted">{messages.markAlias}</mark>}
      </p>
      <Request request={request} isAliased={isAliased} />
    </div>
  );
}

function Request({ request, isAliased }: { request: SentRequest; isAliased: boolean }) {
  const messages = useMessages().modelRuns;
  const { instructions, tools } = request;
  return (
    <div className="flex flex-col gap-2">
      <Bytes title={messages.instructions} text={instructions.join('\n\n')} isAliased={isAliased} />
      {request.messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was sent never changes.
        <Bytes key={index} title={messages.roles(roleOf(message))} text={textOf(message)} isAliased={isAliased} open />
      ))}
      {tools.length > 0 && (
        <p className="break-words text-soft">
          {messages.offeredTools}: {tools.join(', ')}
        </p>
      )}
    </div>
  );
}

function roleOf({ role }: Record<string, unknown>): string {
  return typeof role === 'string' ? role : '';
}

/** The text, and whatever else was in the message, as it was. */
function textOf({ role: _role, text, ...rest }: Record<string, unknown>): string {
  const others = Object.entries(rest).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  const words = typeof text === 'string' ? text : '';
  return others.length === 0 ? words : `${words}\n${JSON.stringify(Object.fromEntries(others))}`.trim();
}

function Bytes({ title, text, isAliased, open = false }: { title: string; text: string; isAliased: boolean; open?: boolean }) {
  const messages = useMessages().modelRuns;
  return (
    <details open={open} className="rounded border bg-sunken">
      <summary className="cursor-default px-3 py-1 font-medium">
        {title} <span className="font-normal text-soft text-xs">{messages.characters(text.length)}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
      <section aria-label={title} tabIndex={0} className="max-h-96 overflow-auto px-3 pb-2">
        <pre className="whitespace-pre-wrap break-words font-mono text-code">
          {sentParts(text, isAliased).map(({ text: part, mark }, index) =>
            mark === null ? (
              part
            ) : (
              <mark
                // biome-ignore lint/suspicious/noArrayIndexKey: what was sent never changes.
                key={index}
                title={mark === 'secret' ? messages.markSecret : messages.markAlias}
                className={`rounded-sm bg-transparent underline ${mark === 'secret' ? 'text-critical' : 'text-pending decoration-dotted'}`}
              >
                {part}
              </mark>
            ),
          )}
        </pre>
      </section>
    </details>
  );
}
