import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { useMessages } from '../messages/language.ts';
import { Button } from './button.tsx';

interface NameListProps {
  label: string;
  names: readonly string[];
  /** What is known to be there; others may be typed. */
  known: readonly string[];
  onChange(names: readonly string[]): void;
}

/** A few names out of many: what is chosen can be taken off, what is known is offered while one types. */
export function NameList({ label, names, known, onChange }: NameListProps) {
  const messages = useMessages().common;
  const id = useId();
  const [draft, setDraft] = useState('');
  const add = () => {
    const typed = draft.split(/[\s,]+/).filter((name) => name !== '' && !names.includes(name));
    if (typed.length > 0) onChange([...names, ...typed]);
    setDraft('');
  };
  return (
    <div>
      <label htmlFor={id} className="text-soft text-xs">
        {label}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          id={id}
          list={`${id}-known`}
          value={draft}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || draft === '') return;
            event.preventDefault();
            add();
          }}
          className="h-8 min-w-0 grow rounded border border-line bg-surface px-2"
        />
        <datalist id={`${id}-known`}>
          {known
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
        <Button className="h-8" disabled={draft.trim() === ''} onClick={add}>
          {messages.add}
        </Button>
      </div>
      <ul aria-label={label} className="mt-2 flex flex-wrap gap-1.5">
        {names.map((name) => (
          <li key={name} className="flex min-w-0 items-center gap-1 rounded border border-line bg-sunken pl-2">
            <span className="min-w-0 break-all">{name}</span>
            <button
              type="button"
              aria-label={messages.remove(name)}
              className="p-1 text-soft hover:text-ink"
              onClick={() => onChange(names.filter((other) => other !== name))}
            >
              <X className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
