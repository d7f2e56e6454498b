/** A section that wants a number of tokens, and has a claim to a share of them. */
export interface Claim {
  wants: number;
  share: number;
  /** Who gets first what others leave; 0 to 100. */
  priority: number;
}

/**
 * What each gets of `total`: no more than it wants; its share first, then, by priority, what others did not need. A claim
 * without a share gets nothing before all others have what they want.
 */
export function allot(claims: readonly Claim[], total: number): number[] {
  const shares = claims.reduce((sum, { share }) => sum + share, 0);
  const given = claims.map(({ wants, share }) => Math.min(wants, shares === 0 ? 0 : Math.floor((total * share) / shares)));
  let left = total - given.reduce((sum, tokens) => sum + tokens, 0);
  const order = claims.map((_claim, index) => index).sort((one, other) => rank(claims[other]) - rank(claims[one]) || one - other);
  for (const index of order) {
    const more = Math.min(left, (claims[index]?.wants ?? 0) - (given[index] ?? 0));
    given[index] = (given[index] ?? 0) + more;
    left -= more;
  }
  return given;
}

function rank(claim: Claim | undefined): number {
  return claim === undefined || claim.share === 0 ? -1 : claim.priority;
}
