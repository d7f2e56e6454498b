import { type ObjectRef, refKey } from '@quarterdeck/contract';
import { type Chain, type ChainEnd, strengthRank } from './resolution.ts';

/** When an object was last changed before a moment, in epoch milliseconds; null where that is not known. */
export type LastChange = (object: ObjectRef, before: number | null) => number | null;

/**
 * Precedence, the only one there is: the strongest weakest link; an end that explains before one that does not; the
 * longest chain where every link is at least likely; where not, the strongest first link (a well-founded step to what
 * is itself only half understood beats a guess), then the shortest; the change that came last before the symptom;
 * names. Negative where `a` goes first.
 */
export function compareChains(a: Chain, b: Chain, since: number | null, lastChange: LastChange): number {
  return (
    rankOf(b) - rankOf(a) ||
    Number(b.end.kind === 'root') - Number(a.end.kind === 'root') ||
    compareLengths(a, b) ||
    changeOf(b, since, lastChange) - changeOf(a, since, lastChange) ||
    compareText(nameOf(a), nameOf(b))
  );
}

function rankOf(chain: Chain): number {
  return chain.strength === null ? -1 : strengthRank[chain.strength];
}

function compareLengths(a: Chain, b: Chain): number {
  const longer = b.links.length - a.links.length;
  return a.strength === 'possible' ? firstLinkOf(b) - firstLinkOf(a) || -longer : longer;
}

function firstLinkOf(chain: Chain): number {
  const [first] = chain.links;
  return first === undefined ? -1 : strengthRank[first.strength];
}

function changeOf(chain: Chain, since: number | null, lastChange: LastChange): number {
  return chain.end.kind === 'root' ? (lastChange(chain.end.object, since) ?? 0) : 0;
}

function nameOf(chain: Chain): string {
  return [endName(chain.end), ...chain.links.map((link) => `${link.rule} ${link.finding}`)].join('|');
}

function endName(end: ChainEnd): string {
  switch (end.kind) {
    case 'root':
      return `${refKey(end.object)}|${end.mechanism}|${JSON.stringify(end.facts)}`;
    case 'unexplained':
      return end.finding;
    case 'cycle':
      return end.findings.join('|');
  }
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
