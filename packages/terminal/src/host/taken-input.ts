/** Of pages that come and go. */
const mostClients = 200;

/** Which input of each page was taken: one that lost its connection sends again what it had no answer to. */
export class TakenInput {
  private readonly numbers = new Map<string, number>();

  /** 0 for a page that has sent nothing yet. */
  last(client: string): number {
    return this.numbers.get(client) ?? 0;
  }

  /** Whether it is to be taken; false for what was already. */
  take(client: string, sequence: number): boolean {
    if (sequence <= this.last(client)) return false;
    this.numbers.delete(client);
    this.numbers.set(client, sequence);
    const oldest = this.numbers.keys().next().value;
    if (this.numbers.size > mostClients && oldest !== undefined) this.numbers.delete(oldest);
    return true;
  }
}
