import type { ApiCost, ApiCostEntry } from '@quarterdeck/contract';
import type { RequestSubject } from './transport.ts';

type Counts = Omit<ApiCostEntry, 'verb' | 'resource' | 'scope'>;
type Count = keyof Counts;

/** Counted in slices of this length. Milliseconds. */
const sliceMs = 10_000;
const slicesOfMinute = 6;
const slicesKept = 30;
/** Kinds of requests in one slice; a cluster with more kinds than this is counted together as `others`. */
const mostKinds = 500;
const shownKinds = 200;

interface Slice {
  /** Which one, counted from the epoch. */
  index: number;
  byRequest: Map<string, ApiCostEntry>;
}

/** Counts what is asked of one API server. Holds the last five minutes in bounded memory. */
export class ApiCostMeter {
  private readonly now: () => number;
  private slices: Slice[] = [];
  private readonly total: Counts = noCounts();
  private openStreams = 0;
  private lists: () => ApiCost['lists'] = () => ({ running: 0, waiting: 0 });
  /** Epoch milliseconds of the server's last word to somebody whose login it accepts; null before the first. */
  heardAt: number | null = null;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  add(subject: RequestSubject, count: Count, amount = 1): void {
    this.entry(subject)[count] += amount;
    this.total[count] += amount;
    if (count === 'bytesIn') this.heardAt = this.now();
  }

  /** The server answered, whatever it said. */
  answered(subject: RequestSubject, status: number): void {
    if (status !== 401 && status < 500) this.heardAt = this.now();
    if (status === 403) this.add(subject, 'forbidden');
    else if (status === 429) this.add(subject, 'throttled');
    else if (status >= 300) this.add(subject, 'failed');
  }

  /** Returns what is called once when the stream ends. */
  streamOpened(): () => void {
    this.openStreams += 1;
    let open = true;
    return () => {
      if (open) this.openStreams -= 1;
      open = false;
    };
  }

  /** Where lists wait for their turn. */
  countLists(lists: () => ApiCost['lists']): void {
    this.lists = lists;
  }

  report(): ApiCost {
    const index = this.index();
    this.forgetBefore(index - slicesKept + 1);
    const minute = this.slices.filter((slice) => slice.index > index - slicesOfMinute).flatMap((slice) => [...slice.byRequest.values()]);
    const byRequest = sumBy(this.slices).sort((a, b) => b.requests - a.requests || b.bytesIn - a.bytesIn);
    const sum = (count: Count) => minute.reduce((all, entry) => all + entry[count], 0);
    return {
      openStreams: this.openStreams,
      lists: this.lists(),
      lastMinute: { requests: sum('requests'), bytesIn: sum('bytesIn'), bytesOut: sum('bytesOut') },
      byRequest: byRequest.slice(0, shownKinds),
      total: { ...this.total },
    };
  }

  private index(): number {
    return Math.floor(this.now() / sliceMs);
  }

  private forgetBefore(index: number): void {
    if ((this.slices[0]?.index ?? index) < index) this.slices = this.slices.filter((slice) => slice.index >= index);
  }

  private entry({ verb, resource, namespace }: RequestSubject): ApiCostEntry {
    const { byRequest } = this.slice();
    const scope = namespace === null ? 'cluster' : 'namespace';
    const key = keyOf({ verb, resource, scope });
    const known = byRequest.get(key);
    if (known !== undefined) return known;
    const full = byRequest.size >= mostKinds;
    const fresh: ApiCostEntry = { verb, resource: full ? 'others' : resource, scope, ...noCounts() };
    const place = keyOf(fresh);
    const entry = byRequest.get(place) ?? fresh;
    byRequest.set(place, entry);
    return entry;
  }

  private slice(): Slice {
    const index = this.index();
    const last = this.slices.at(-1);
    // A clock that was set back adds to the newest slice.
    if (last !== undefined && last.index >= index) return last;
    this.forgetBefore(index - slicesKept + 1);
    const fresh: Slice = { index, byRequest: new Map() };
    this.slices.push(fresh);
    return fresh;
  }
}

function sumBy(slices: readonly Slice[]): ApiCostEntry[] {
  const sums = new Map<string, ApiCostEntry>();
  for (const entry of slices.flatMap((slice) => [...slice.byRequest.values()])) {
    const sum = sums.get(keyOf(entry));
    if (sum === undefined) sums.set(keyOf(entry), { ...entry });
    else for (const count of counts) sum[count] += entry[count];
  }
  return [...sums.values()];
}

const counts: readonly Count[] = ['requests', 'bytesIn', 'bytesOut', 'forbidden', 'spared', 'throttled', 'failed'];

function noCounts(): Counts {
  return { requests: 0, bytesIn: 0, bytesOut: 0, forbidden: 0, spared: 0, throttled: 0, failed: 0 };
}

function keyOf({ verb, resource, scope }: Pick<ApiCostEntry, 'verb' | 'resource' | 'scope'>): string {
  return `${verb} ${resource} ${scope}`;
}
