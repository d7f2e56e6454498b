import { Plus, X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import type { Pair } from './form-values.ts';

interface PairsFieldProps {
  label: string;
  pairs: readonly Pair[];
  onChange(pairs: readonly Pair[]): void;
}

const inputStyle = 'h-8 w-full min-w-0 rounded border border-line bg-surface px-2 font-mono text-code';

/** Names with their values. */
export function PairsField({ label, pairs, onChange }: PairsFieldProps) {
  const words = useMessages().create;
  const set = (index: number, pair: Pair) => onChange(pairs.with(index, pair));
  const freeName = () => {
    let name = 'KEY';
    for (let count = 2; pairs.some(([other]) => other === name); count += 1) name = `KEY_${count}`;
    return name;
  };
  return (
    <fieldset>
      <legend className="text-soft text-xs">{label}</legend>
      <ul className="mt-1 flex flex-col gap-1">
        {pairs.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed.
          <li key={index} className="grid grid-cols-[1fr_1fr_auto] gap-1">
            <input
              aria-label={`${label}, ${words.key} ${index + 1}`}
              value={name}
              spellCheck={false}
              onChange={(event) => set(index, [event.target.value, value])}
              className={inputStyle}
            />
            <input
              aria-label={`${label}, ${words.value} ${index + 1}`}
              value={value}
              spellCheck={false}
              onChange={(event) => set(index, [name, event.target.value])}
              className={inputStyle}
            />
            <Button
              look="icon"
              className="h-8"
              aria-label={words.removeRow(name)}
              title={words.removeRow(name)}
              onClick={() => onChange(pairs.toSpliced(index, 1))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      <Button className="mt-1" aria-label={`${words.addRow}: ${label}`} onClick={() => onChange([...pairs, [freeName(), '']])}>
        <Plus aria-hidden="true" />
        {words.addRow}
      </Button>
    </fieldset>
  );
}
