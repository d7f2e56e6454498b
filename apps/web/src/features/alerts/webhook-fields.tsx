import { useMessages } from '../../messages/language.ts';
import { Field, Tick } from '../../ui/field.tsx';
import type { DraftFieldsProps } from './rule-panel.tsx';

/** By which ways a rule tells. */
export function WebhookFields({ draft: { desktop, webhook }, problems, set }: DraftFieldsProps) {
  const { form } = useMessages().alerts;
  const fresh = { url: '', secret: '', allowPrivate: false, hasSecret: false };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-soft text-xs">{form.tells}</legend>
      <Tick label={form.page} checked disabled readOnly />
      <Tick label={form.desktop} checked={desktop} onChange={({ target }) => set({ desktop: target.checked })} />
      <Tick label={form.webhook} checked={webhook !== null} onChange={({ target }) => set({ webhook: target.checked ? fresh : null })} />
      {webhook !== null && (
        <div className="ml-6 flex flex-col gap-3">
          <Field
            label={form.url}
            type="url"
            placeholder="https://hooks.example.com/quarterdeck"
            value={webhook.url}
            problem={problems.get('webhook.url') ?? null}
            spellCheck={false}
            onChange={({ target }) => set({ webhook: { ...webhook, url: target.value } })}
          />
          <Field
            label={form.secret}
            type="password"
            autoComplete="off"
            value={webhook.secret}
            note={webhook.hasSecret ? form.secretKept : form.secretNote}
            problem={problems.get('webhook.secret') ?? null}
            onChange={({ target }) => set({ webhook: { ...webhook, secret: target.value } })}
          />
          <Tick
            label={form.allowPrivate}
            checked={webhook.allowPrivate}
            onChange={({ target }) => set({ webhook: { ...webhook, allowPrivate: target.checked } })}
          />
        </div>
      )}
    </fieldset>
  );
}
