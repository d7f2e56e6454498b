import { useEffect, useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';

const usual = ['bash', 'sh', 'ash', 'zsh', '/busybox/sh', 'python3'];

/** Which program runs; empty for bash, or sh where there is none. Enter starts it. */
export function ProgramField({ value, onChange }: { value: string; onChange(program: string): void }) {
  const id = useId();
  const messages = useMessages().shells;
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  return (
    <form
      className="min-w-0"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.trim() !== value) onChange(draft.trim());
      }}
    >
      <input
        aria-label={messages.program}
        title={messages.programNote}
        placeholder={messages.bashOrSh}
        list={id}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.target.value)}
        className="h-7 w-36 min-w-0 rounded border border-line bg-surface px-2 font-mono text-xs placeholder:text-soft"
      />
      <datalist id={id}>
        {usual.map((program) => (
          <option key={program} value={program} />
        ))}
      </datalist>
    </form>
  );
}
