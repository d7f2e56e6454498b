import { type ChainNode, type Issue, refKey, sameRef } from '@quarterdeck/contract';
import { Fragment, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ObjectContextMenu, ObjectMenuButton } from '../object-actions/object-menu.tsx';
import { ObjectChip } from '../objects/object-chip.tsx';
import { Changing } from './changing.tsx';
import { type SpreadRow, spreadRows } from './spread-rows.ts';
import { type ChainKeys, targetOf, useChainKeys } from './use-chain-keys.ts';

/** How many rows are drawn before one asks for the rest. */
const firstRows = 5;

/** The way from the cause (left, or top) to each symptom. Arrows point at what an object depends on. */
export function Spread({ chains, issue }: { chains: readonly (readonly ChainNode[])[]; issue: Pick<Issue, 'cause' | 'namespace'> }) {
  const messages = useMessages().issueDetail;
  const keys = useChainKeys(chains);
  const [all, setAll] = useState(false);
  const rows = spreadRows(chains);
  const shown = all ? rows : rows.slice(0, firstRows);
  return (
    <>
      <div className="flex flex-col gap-4 sm:gap-3">
        {shown.map((row) => (
          <Row key={row.nodes.map((node) => refKey(node.object)).join()} row={row} issue={issue} keys={keys} />
        ))}
      </div>
      {rows.length > shown.length && (
        <TextButton className="mt-3" onClick={() => setAll(true)}>
          {messages.moreBranches(rows.length - shown.length)}
        </TextButton>
      )}
    </>
  );
}

interface RowProps {
  row: SpreadRow;
  issue: Pick<Issue, 'cause' | 'namespace'>;
  keys: ChainKeys;
}

function Row({ row, issue, keys }: RowProps) {
  const messages = useMessages().issueDetail;
  return (
    <ol className="flex flex-col sm:flex-row sm:flex-wrap sm:items-center sm:gap-y-3">
      {row.from !== null && (
        <li className="py-1 text-soft text-xs sm:py-0 sm:pr-1">
          {messages.alsoFrom(row.from.object.kind)} <span className="font-mono">{row.from.object.name}</span>
        </li>
      )}
      {row.nodes.map((node, index) => (
        <Fragment key={refKey(node.object)}>
          <li className="flex max-w-full flex-col sm:flex-row sm:items-center">
            {(index > 0 || row.from !== null) && <Arrow relation={node.relation} detail={node.relationDetail} />}
            <Node node={node} cause={issue.cause !== null && sameRef(issue.cause, node.object)} namespace={issue.namespace} keys={keys} />
          </li>
        </Fragment>
      ))}
    </ol>
  );
}

/** A link without a name is still a link: the object suffers from the one before it. */
function Arrow({ relation, detail }: { relation: string | null; detail: string | null }) {
  const messages = useMessages().issueDetail;
  return (
    <>
      <span className="flex items-center gap-2 py-1 pl-4 text-soft text-xs sm:hidden">
        <span aria-hidden="true">▴</span>
        {relation}
        {detail !== null && <span className="min-w-0 truncate font-mono">{shortDetail(detail)}</span>}
      </span>
      <span className="hidden min-w-16 max-w-36 flex-col items-center px-1 text-soft text-xs sm:flex" aria-hidden="true">
        <span className="min-h-4 max-w-full truncate px-1">{relation}</span>
        <span className="relative my-0.5 h-px w-full bg-line-strong before:absolute before:-top-[3.5px] before:left-0 before:border-y-4 before:border-y-transparent before:border-r-[6px] before:border-r-line-strong" />
        <span className="min-h-4 max-w-full truncate px-1 font-mono" title={detail ?? undefined}>
          {detail === null ? null : shortDetail(detail)}
        </span>
      </span>
      <span className="sr-only max-sm:hidden">{[relation ?? messages.suffersFrom, messages.theOneBefore, detail].filter(Boolean).join(' ')}</span>
    </>
  );
}

/** `:6379` for a port; of a field path the last step says enough under an arrow, the whole path is on hover. */
function shortDetail(detail: string): string {
  if (/^\d+$/.test(detail)) return `:${detail}`;
  return /^[\w[\].]+$/.test(detail) ? (detail.split('.').at(-1) ?? detail) : detail;
}

interface NodeProps {
  node: ChainNode;
  cause: boolean;
  namespace: string | null;
  keys: ChainKeys;
}

/** An object with its live state; what can be done with it is on its keys, on a right click and behind its button. */
function Node({ node, cause, namespace, keys }: NodeProps) {
  const messages = useMessages().issueDetail;
  const { object } = node;
  const elsewhere = object.namespace !== null && object.namespace !== namespace;
  const edge = node.exists ? 'border-line' : 'border-critical border-dashed';
  const number = keys.numberOf(node);
  const box = (
    <div
      className={`group/node min-w-32 max-w-full rounded border bg-surface px-2.5 py-1.5 focus-within:border-accent sm:max-w-72 ${edge} ${cause && node.exists ? 'border-line-strong' : ''}`}
      {...(node.exists ? keys.holding(node) : {})}
    >
      <p className="flex items-center gap-2 text-soft text-xs">
        <span className="truncate">{elsewhere ? messages.inNamespace(object.kind, object.namespace ?? '') : object.kind}</span>
        {cause && <span className="shrink-0 font-medium text-ink">{messages.cause}</span>}
        {number !== null && (
          <span className="ml-auto hidden pl-2 lg:inline" aria-hidden="true">
            <KeyHint keys={String(number)} />
          </span>
        )}
      </p>
      <p className="flex">
        <ObjectChip object={object} exists={node.exists} bare />
      </p>
      <div className="flex h-5 items-center gap-1 text-xs">
        <Changing value={`${node.state} ${node.stateText}`}>
          <StatusMark state={node.state} text={node.stateText} />
        </Changing>
        {node.exists && (
          <span className="-mr-2 ml-auto opacity-0 focus-within:opacity-100 group-hover/node:opacity-100 max-lg:opacity-100">
            <ObjectMenuButton targets={[targetOf(node)]} />
          </span>
        )}
      </div>
    </div>
  );
  return node.exists ? <ObjectContextMenu targets={[targetOf(node)]}>{box}</ObjectContextMenu> : box;
}
