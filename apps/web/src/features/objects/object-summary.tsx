import type { Issue } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { count } from '../../text/count.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { useIssuesFeed } from '../issues/issues-feed.tsx';
import { ObjectChip } from './object-chip.tsx';
import { type ObjectAddress, objectKey } from './object-key.ts';
import { controllerIn, labelsIn } from './object-metadata.ts';
import { type RowCell, useObjectEvents, useObjectRow } from './use-object-row.ts';

interface ObjectSummaryProps {
  objectKey: string;
  address: ObjectAddress;
  /** The whole object, once it was read. */
  object: Readonly<Record<string, unknown>> | undefined;
}

/** What one wants to know before one reads YAML: how the object is, which issues it has a part in, what happened to it. */
export function ObjectSummary({ objectKey: key, address, object }: ObjectSummaryProps) {
  return (
    <div className="flex flex-col gap-3 border-b bg-sunken px-4 py-3 empty:hidden">
      <Facts address={address} object={object} />
      <RelatedIssues objectKey={key} />
      <Events address={address} />
    </div>
  );
}

/** Said by the heading, or by the mark. */
const elsewhere = new Set(['name', 'namespace', 'status']);
const mostFacts = 6;

function Facts({ address, object }: Pick<ObjectSummaryProps, 'address' | 'object'>) {
  const found = useObjectRow(address);
  if (found === null) return null;
  const { row, cells } = found;
  const status = cells.find(({ column }) => column.type === 'status');
  const facts = cells.filter(({ column }) => !elsewhere.has(column.id) && column !== status?.column).slice(0, mostFacts);
  const owner = controllerIn(object, row.object.namespace);
  const labels = labelsIn(object);
  return (
    <dl className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
      <Fact label={status?.column.label ?? 'State'}>
        <StatusMark state={row.state} {...(status === undefined ? {} : { text: status.text })} />
      </Fact>
      {facts.map((fact) => (
        <Fact key={fact.column.id} label={fact.column.label}>
          <FactValue fact={fact} />
        </Fact>
      ))}
      {owner !== null && (
        <Fact label="Controlled by">
          <ObjectChip object={owner} />
        </Fact>
      )}
      {labels.length > 0 && (
        <Fact label="Labels">
          <span title={labels.join('\n')}>{labels.length}</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 max-w-full items-baseline gap-1.5">
      <dt className="shrink-0 text-soft text-xs">{label}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </div>
  );
}

function FactValue({ fact: { column, text } }: { fact: RowCell }) {
  return column.type === 'time' ? <Age at={text} /> : <span title={text}>{text}</span>;
}

function RelatedIssues({ objectKey: key }: { objectKey: string }) {
  const { list } = useIssuesFeed();
  const related = list.filter((issue) => involves(issue, key));
  if (related.length === 0) return null;
  return (
    <Part title={count(related.length, 'issue')}>
      {related.map((issue) => (
        <li key={issue.id} className="flex min-h-6 items-center gap-2">
          <StatusMark state={issue.severity} compact />
          <Link to="/issues/$issueId" params={{ issueId: issue.id }} search={{}} className="min-w-0 truncate hover:text-accent hover:underline">
            {issue.title}
          </Link>
        </li>
      ))}
    </Part>
  );
}

/** Pods stand among the affected as their workload; that an issue is about one shows in its evidence. */
function involves({ cause, affected, evidence }: Issue, key: string): boolean {
  return [cause, ...affected, ...evidence.map(({ object }) => object)].some((ref) => ref !== null && objectKey(ref) === key);
}

function Events({ address }: { address: ObjectAddress }) {
  const events = useObjectEvents(address);
  if (events === null || events.total === 0) return null;
  const { rows, total } = events;
  return (
    <Part title={total > rows.length ? `Latest ${rows.length} of ${total} events` : count(total, 'event')}>
      {rows.map(({ row, cells }) => {
        const text = (id: string) => cells.find(({ column }) => column.id === id)?.text ?? '';
        return (
          <li key={row.uid} className="flex min-w-0 items-baseline gap-2">
            <span className="w-12 shrink-0 text-right text-soft text-xs">
              <Age at={text('lastSeen')} />
            </span>
            <span className="shrink-0">
              <StatusMark state={row.state} text={text('reason')} />
            </span>
            <span className="min-w-0 truncate text-soft" title={text('message')}>
              {Number(text('count')) > 1 && `×${text('count')} `}
              {text('message')}
            </span>
          </li>
        );
      })}
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-0.5 text-soft text-xs">{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
