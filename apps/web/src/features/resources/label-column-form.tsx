import { useId, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { labelColumn } from './column-layout.ts';
import type { AskedList } from './read-rows.ts';
import { useCellValues } from './use-cell-values.ts';

interface LabelColumnFormProps {
  list: AskedList;
  /** Labels that are columns already. */
  taken: readonly string[];
  onAdd(id: string): void;
}

/** As many as the server takes. */
const mostLabels = 8;

/** A label that the objects have, as a column. */
export function LabelColumnForm({ list, taken, onAdd }: LabelColumnFormProps) {
  const messages = useMessages().resources.columns;
  const id = useId();
  const [draft, setDraft] = useState('');
  const { values } = useCellValues(list, 'labels', draft);
  const label = draft.trim();
  const full = taken.length >= mostLabels;
  const canAdd = label !== '' && !label.includes(',') && !taken.includes(label) && !full;
  const add = () => {
    if (!canAdd) return;
    onAdd(labelColumn(label));
    setDraft('');
  };
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 grow">
        <label htmlFor={id} className="text-soft text-xs">
          {full ? messages.tooMany : messages.addLabel}
        </label>
        <input
          id={id}
          list={`${id}-labels`}
          value={draft}
          placeholder="app.kubernetes.io/name"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
          className="mt-1 h-7 w-full rounded border border-line bg-surface px-2 placeholder:text-soft"
        />
        <datalist id={`${id}-labels`}>
          {values
            .filter(({ value }) => !taken.includes(value))
            .map(({ value }) => (
              <option key={value} value={value} />
            ))}
        </datalist>
      </div>
      <Button disabled={!canAdd} onClick={add}>
        {messages.add}
      </Button>
    </div>
  );
}
