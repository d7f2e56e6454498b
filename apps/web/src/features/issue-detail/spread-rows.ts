import { type ChainNode, sameRef } from '@quarterdeck/contract';

export interface SpreadRow {
  /** The node of an earlier row that this one leaves from; null for the row that begins at the cause. */
  from: ChainNode | null;
  nodes: readonly ChainNode[];
}

/** Chains as rows without repetition: what a chain shares with an earlier one is drawn once, the rest branches off. */
export function spreadRows(chains: readonly (readonly ChainNode[])[]): SpreadRow[] {
  const rows: SpreadRow[] = [];
  const drawn: (readonly ChainNode[])[] = [];
  for (const chain of chains) {
    const shared = Math.max(0, ...drawn.map((other) => sharedLength(chain, other)));
    const nodes = chain.slice(shared);
    if (nodes.length > 0) rows.push({ from: chain[shared - 1] ?? null, nodes });
    drawn.push(chain);
  }
  return rows;
}

function sharedLength(a: readonly ChainNode[], b: readonly ChainNode[]): number {
  let length = 0;
  for (const node of a) {
    const other = b[length];
    if (other === undefined || !sameRef(node.object, other.object)) break;
    length += 1;
  }
  return length;
}
