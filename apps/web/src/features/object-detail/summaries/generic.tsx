import type { KubeObject } from '@quarterdeck/contract';
import { useMessages } from '../../../messages/language.ts';
import { Part } from '../../../ui/part.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import { Age } from '../../../ui/time.tsx';
import type { ObjectAddress } from '../../objects/object-key.ts';
import { useObjectRow } from '../../objects/use-object-row.ts';
import { type Condition, ConditionsPart } from '../parts/conditions-part.tsx';
import { Fact, Facts, Mono } from '../parts/facts.tsx';
import { plainFacts } from './plain-facts.ts';

const mostFacts = 40;
/** Said by the heading. */
const elsewhere = new Set(['name', 'namespace', 'age']);

/** A kind that nobody has written a summary for: its own columns, its conditions, and what its spec plainly says. */
export function GenericSummary({ address, known }: { address: ObjectAddress; known: KubeObject }) {
  const messages = useMessages().objectSummary;
  const cells = useObjectRow(address)?.cells.filter(({ column }) => !elsewhere.has(column.id)) ?? [];
  const rest = Object.entries(known).filter(([key]) => !['apiVersion', 'kind', 'metadata', 'status'].includes(key));
  const status: unknown = Reflect.get(known, 'status');
  return (
    <>
      <Facts>
        {cells.map(({ column, text }) => (
          <Fact key={column.id} label={column.label}>
            {column.type === 'time' ? <Age at={text} /> : column.type === 'status' ? <StatusMark state="unknown" text={text} /> : text}
          </Fact>
        ))}
      </Facts>
      <ConditionsPart conditions={conditionsIn(status)} />
      {rest.map(([key, part]) => (
        <PlainPart key={key} title={key} part={part} />
      ))}
      <PlainPart title={messages.status} part={status} />
    </>
  );
}

function PlainPart({ title, part }: { title: string; part: unknown }) {
  const facts = plainFacts(part, mostFacts);
  if (facts.length === 0) return null;
  return (
    <Part title={title}>
      <Facts>
        {facts.map(({ path, value }) => (
          <Fact key={path} label={path === '' ? title : path}>
            <Mono>{value}</Mono>
          </Fact>
        ))}
      </Facts>
    </Part>
  );
}

/** Pure. Conditions as controllers write them by convention; what has another form is left out. */
export function conditionsIn(status: unknown): Condition[] {
  const conditions: unknown = typeof status === 'object' && status !== null ? Reflect.get(status, 'conditions') : undefined;
  return Array.isArray(conditions) ? conditions.filter(isCondition) : [];
}

function isCondition(value: unknown): value is Condition {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string' && typeof Reflect.get(value, 'status') === 'string';
}
