import type { ChosenModel, ModelSetup } from '@quarterdeck/contract';
import { ArrowDown, ArrowUp, GripVertical, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ModelPriceText } from './model-price.tsx';
import { moveItem } from './move-item.ts';

interface ModelOrderProps {
  label: string;
  setup: ModelSetup;
  names: readonly string[];
  onChange(names: string[]): void;
}

/** Models, wanted most first; the order is changed by dragging, by the arrow keys with Alt, or by the buttons. */
export function ModelOrder({ label, setup, names, onChange }: ModelOrderProps) {
  const messages = useMessages().providers;
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState('');
  const move = (from: number, to: number) => {
    const name = names[from];
    if (name === undefined || to < 0 || to >= names.length || from === to) return;
    setSaid(messages.moved(name, to + 1));
    onChange(moveItem(names, from, to));
  };
  return (
    <div>
      <ol aria-label={label} className="rounded border bg-surface">
        {names.map((name, index) => (
          <ModelLine
            key={name}
            name={name}
            place={index}
            last={names.length - 1}
            facts={setup.chosen.find(({ id }) => id === name) ?? null}
            isDragged={dragged === index}
            onMove={(to) => move(index, to)}
            onRemove={() => onChange(names.filter((each) => each !== name))}
            onDrag={(is) => setDragged(is ? index : null)}
            onDrop={() => dragged !== null && move(dragged, index)}
          />
        ))}
      </ol>
      {names.length > 1 && <p className="mt-1 text-soft text-xs">{messages.orderKeys}</p>}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

interface ModelLineProps {
  name: string;
  place: number;
  last: number;
  /** Null for one that plans alone ask. */
  facts: ChosenModel | null;
  isDragged: boolean;
  onMove(to: number): void;
  onRemove(): void;
  onDrag(is: boolean): void;
  onDrop(): void;
}

function ModelLine({ name, place, last, facts, isDragged, onMove, onRemove, onDrag, onDrop }: ModelLineProps) {
  const messages = useMessages().providers;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(place + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <li
      draggable={last > 0}
      onDragStart={() => onDrag(true)}
      onDragEnd={() => onDrag(false)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      onKeyDown={onKeyDown}
      className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1 pr-1 pl-2 last:border-b-0 ${isDragged ? 'opacity-55' : ''}`}
    >
      <GripVertical aria-hidden="true" className={`size-3.5 shrink-0 text-soft ${last > 0 ? 'cursor-grab' : 'invisible'}`} />
      <span className="w-4 shrink-0 text-right text-soft">{place + 1}</span>
      <span className="min-w-0 grow basis-48 font-medium">
        <Middle text={name} />
      </span>
      {facts !== null && <Facts facts={facts} />}
      <span className="flex shrink-0">
        <Button look="icon" aria-label={messages.moveUp(name)} title={messages.moveUp(name)} disabled={place === 0} onClick={() => onMove(place - 1)}>
          <ArrowUp />
        </Button>
        <Button look="icon" aria-label={messages.moveDown(name)} title={messages.moveDown(name)} disabled={place === last} onClick={() => onMove(place + 1)}>
          <ArrowDown />
        </Button>
        <Button look="icon" aria-label={messages.remove(name)} title={messages.remove(name)} onClick={onRemove}>
          <X />
        </Button>
      </span>
    </li>
  );
}

function Facts({ facts }: { facts: ChosenModel }) {
  const messages = useMessages().providers;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3">
      {facts.resting !== null && <StatusMark state="paused" text={facts.resting} />}
      {facts.skipped && <StatusMark state="low" text={messages.skipped} />}
      <span className="text-soft">{facts.local ? messages.here : messages.elsewhere}</span>
      <ModelPriceText model={facts} />
    </span>
  );
}
