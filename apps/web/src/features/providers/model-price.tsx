import type { ChosenModel } from '@quarterdeck/contract';
import { type SubmitEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { PopupButton } from '../../ui/popup-button.tsx';
import { useSetPrice } from './use-setup.ts';

/** What a model costs; where nobody knows, or it was set here, it can be set. */
export function ModelPriceText({ model }: { model: ChosenModel }) {
  const messages = useMessages().providers;
  const [open, setOpen] = useState(false);
  const { price } = model;
  if (model.local && !model.ownPrice) return <span className="text-soft">{messages.free}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-soft">
      {price === null ? messages.unpriced : messages.price(String(price.input), String(price.output))}
      {(price === null || model.ownPrice) && (
        <PopupButton
          open={open}
          onOpenChange={setOpen}
          panelLabel={messages.setPrice}
          panel={<PriceForm model={model} onClose={() => setOpen(false)} />}
          panelClassName="w-72 p-3"
          className="rounded-sm text-accent hover:underline"
        >
          {price === null ? messages.setPrice : messages.changePrice}
        </PopupButton>
      )}
    </span>
  );
}

function PriceForm({ model: { id, price, ownPrice }, onClose }: { model: ChosenModel; onClose(): void }) {
  const messages = useMessages().providers;
  const [sent, setSent] = useState(String(price?.input ?? ''));
  const [answered, setAnswered] = useState(String(price?.output ?? ''));
  const save = useSetPrice();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({ model: id, price: { input: Number(sent), output: Number(answered) } }, { onSuccess: onClose });
  };
  const number = { type: 'number', min: 0, step: 'any', required: true } as const;
  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <Field {...number} label={messages.priceIn} value={sent} onChange={(event) => setSent(event.target.value)} />
      <Field {...number} label={messages.priceOut} value={answered} onChange={(event) => setAnswered(event.target.value)} />
      {save.error !== null && <ErrorNotice what={messages.notSaved} error={save.error} />}
      <div className="flex items-center justify-end gap-3">
        {ownPrice && <TextButton onClick={() => save.mutate({ model: id, price: null }, { onSuccess: onClose })}>{messages.tablePrice}</TextButton>}
        <Button type="submit" look="primary" disabled={save.isPending}>
          {messages.save}
        </Button>
      </div>
    </form>
  );
}
