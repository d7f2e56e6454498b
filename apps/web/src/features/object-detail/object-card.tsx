import { type HealthState, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { kindName } from '../objects/object-key.ts';
import { useObjectRow } from '../objects/use-object-row.ts';

interface ObjectCardProps {
  object: ObjectRef;
  /** What the chip says already, until the object's row is there. */
  state: HealthState | undefined;
  stateText: string | undefined;
}

/** Said by the name, or by the mark. */
const elsewhere = new Set(['name', 'namespace', 'status', 'age']);
const mostFacts = 4;

/** What one wants to know of an object before opening it: how it is, and how old. It asks when it is shown. */
export function ObjectCard({ object, state, stateText }: ObjectCardProps) {
  const messages = useMessages().objectDetail;
  const found = useObjectRow({ kind: kindName(object), namespace: object.namespace, name: object.name });
  const cell = (id: string) => found?.cells.find(({ column }) => column.id === id)?.text;
  const status = found?.cells.find(({ column }) => column.type === 'status');
  const facts = found?.cells.filter(({ column }) => !elsewhere.has(column.id) && column !== status?.column && column.wide !== true).slice(0, mostFacts) ?? [];
  const shown = found?.row.state ?? state;
  const age = cell('age');
  return (
    <div className="flex flex-col gap-1.5">
      <p className="break-words font-medium">{refLabel(object)}</p>
      <p className="flex min-h-5 flex-wrap gap-x-3">
        {shown === undefined ? <span className="text-soft">{messages.reading}</span> : <StatusMark state={shown} text={status?.text ?? stateText ?? ''} />}
        {age !== undefined && (
          <span className="text-soft">
            <Age at={age} />
          </span>
        )}
      </p>
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 text-xs">
          {facts.map(({ column, text }) => (
            <div key={column.id} className="contents">
              <dt className="text-soft">{column.label}</dt>
              <dd className="truncate">{column.type === 'time' ? <Age at={text} /> : text}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
