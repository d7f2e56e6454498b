import { useMessages } from '../../messages/language.ts';
import { Field, Tick } from '../../ui/field.tsx';
import { setQuietHours, useQuietHours } from './use-quiet-hours.ts';

/** When nothing pops up in this browser. */
export function QuietPart() {
  const messages = useMessages().alerts;
  const { on, from, until } = useQuietHours();
  return (
    <section aria-labelledby="quiet-title" className="flex flex-col items-start gap-2">
      <h2 id="quiet-title" className="font-semibold text-md">
        {messages.quiet}
      </h2>
      <p className="text-soft">{messages.quietNote}</p>
      <Tick label={messages.quietOn} checked={on} onChange={({ target }) => setQuietHours({ on: target.checked })} />
      {on && (
        <div className="flex gap-3">
          <Field label={messages.from} type="time" value={from} onChange={({ target }) => target.value !== '' && setQuietHours({ from: target.value })} />
          <Field label={messages.until} type="time" value={until} onChange={({ target }) => target.value !== '' && setQuietHours({ until: target.value })} />
        </div>
      )}
    </section>
  );
}
