/** How long an answer is its writer's without a sign of life. Milliseconds. */
const leaseTime = 20_000;
/** How often a sign of life is given, and how often others look for it. Milliseconds. */
export const beatTime = 5_000;

/**
 * Who writes an answer, and until when that holds unless it is said anew: whatever became of the process, its machine or
 * the machine's name, an answer that nobody renews is nobody's. `own` is random for each process.
 */
export function leaseOf(own: string, now: number): string {
  return `${own} ${now + leaseTime}`;
}

/** Whether somebody still writes it. A clock that runs ahead by more than a lease holds nothing for good. */
export function isHeld(lease: string, now: number): boolean {
  const until = Number(lease.split(' ').at(1));
  return until > now && until <= now + 2 * leaseTime;
}
