import type { ForwardConnection, ForwardStats } from '@quarterdeck/contract';

const keptLatencies = 200;
const keptErrors = 20;
const shownConnections = 50;

/** What one connection did so far. */
export interface ConnectionCounter {
  readonly id: number;
  readonly localPort: number;
  pod: string | null;
  bytesIn: number;
  bytesOut: number;
  readonly openedAt: number;
  firstByteMs: number | null;
}

/** The counters of one forward. */
export class ForwardCounters {
  private readonly now: () => number;
  private readonly open = new Map<number, ConnectionCounter>();
  private readonly latencies: number[] = [];
  private readonly errors = new Map<string, { message: string; count: number; lastAt: number }>();
  private closedIn = 0;
  private closedOut = 0;
  private total = 0;
  private failed = 0;
  private pod: string | null = null;

  /** `now`: epoch milliseconds. */
  constructor(now: () => number) {
    this.now = now;
  }

  begin(localPort: number): ConnectionCounter {
    this.total += 1;
    const counter = { id: this.total, localPort, pod: null, bytesIn: 0, bytesOut: 0, openedAt: this.now(), firstByteMs: null };
    this.open.set(counter.id, counter);
    return counter;
  }

  connected(counter: ConnectionCounter, pod: string): void {
    counter.pod = pod;
    this.pod = pod;
  }

  firstByte(counter: ConnectionCounter, milliseconds: number): void {
    counter.firstByteMs = milliseconds;
    this.latencies.push(milliseconds);
    if (this.latencies.length > keptLatencies) this.latencies.shift();
  }

  end(counter: ConnectionCounter): void {
    this.open.delete(counter.id);
    this.closedIn += counter.bytesIn;
    this.closedOut += counter.bytesOut;
  }

  /** A connection that came to nothing or broke off. */
  fail(message: string): void {
    this.failed += 1;
    this.note(message);
  }

  /** Something went wrong, though the connection may still succeed. Names and numbers differ; the pattern counts. */
  note(message: string): void {
    const pattern = message.replace(/\b(?=\w*\d)[\w.:-]+/g, '…');
    const known = this.errors.get(pattern) ?? { message, count: 0, lastAt: 0 };
    this.errors.delete(pattern);
    this.errors.set(pattern, { message, count: known.count + 1, lastAt: this.now() });
    const [oldest] = this.errors.keys();
    if (this.errors.size > keptErrors && oldest !== undefined) this.errors.delete(oldest);
  }

  stats(): Omit<ForwardStats, 'state' | 'reason' | 'ports'> {
    const open = [...this.open.values()];
    return {
      pod: this.pod,
      bytesIn: open.reduce((sum, { bytesIn }) => sum + bytesIn, this.closedIn),
      bytesOut: open.reduce((sum, { bytesOut }) => sum + bytesOut, this.closedOut),
      openConnections: open.length,
      totalConnections: this.total,
      failedConnections: this.failed,
      latency: this.latency(),
      errors: [...this.errors.values()].sort((a, b) => b.count - a.count).map((error) => ({ ...error, lastAt: new Date(error.lastAt).toISOString() })),
      connections: open.reverse().slice(0, shownConnections).map(shown),
    };
  }

  private latency(): ForwardStats['latency'] {
    const last = this.latencies.at(-1);
    if (last === undefined) return null;
    const sorted = this.latencies.toSorted((a, b) => a - b);
    return { last, median: sorted[sorted.length >> 1] ?? last, worst: sorted.at(-1) ?? last };
  }
}

function shown({ openedAt, ...counter }: ConnectionCounter): ForwardConnection {
  return { ...counter, openedAt: new Date(openedAt).toISOString() };
}
