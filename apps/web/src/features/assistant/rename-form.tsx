import { useChat } from '@quarterdeck/chat';
import type { Conversation } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { notify } from '../../ui/notify.ts';

/** Another title, in the place of the one there is. */
export function RenameForm({ conversation: { id, title }, onDone }: { conversation: Conversation; onDone(): void }) {
  const messages = useMessages().assistant;
  const { store } = useChat();
  const [typed, setTyped] = useState(title);
  const save = () => {
    store.change(id, { title: typed.trim() }).then(onDone, (thrown: Error) => notify({ text: messages.failed, detail: thrown.message, state: 'high' }));
  };
  return (
    <form
      className="flex flex-col gap-1 rounded border border-line p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== '') save();
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <Field label={messages.titleOf} value={typed} maxLength={200} autoFocus onChange={(event) => setTyped(event.target.value)} />
      <div className="flex gap-1">
        <Button look="primary" type="submit" disabled={typed.trim() === ''}>
          {messages.save}
        </Button>
        <Button onClick={onDone}>{messages.cancel}</Button>
      </div>
    </form>
  );
}
