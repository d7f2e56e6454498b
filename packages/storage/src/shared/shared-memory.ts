/** Told one message of a channel. */
export type Listener = (message: string) => void;

export interface Allowance {
  allowed: boolean;
  /** How many more there may be in this span. */
  remaining: number;
  /** When the next one may be; 0 where it may be now. Milliseconds. */
  retryAfterMs: number;
}

/** So many in so many seconds, for each key. `name` keeps the counts of different limits apart. */
export interface RateLimit {
  name: string;
  points: number;
  seconds: number;
}

/**
 * What the servers of one installation share and may lose: a cache, counts of rate limits, and messages to each other.
 * Within one process, or between many through Redis; both keep the same promises.
 */
export interface SharedMemory {
  readonly cache: {
    /** Null where nothing is kept, or not any more. */
    get(key: string): Promise<string | null>;
    set(key: string, value: string, ttlMs: number): Promise<void>;
    /** What is kept, and takes it away: of many who ask at once, one gets it. */
    take(key: string): Promise<string | null>;
    delete(key: string): Promise<void>;
  };
  /** Counts one more for the key; each limit is set up once. */
  limiter(limit: RateLimit): { consume(key: string): Promise<Allowance> };
  /** Reaches every listener of every server, its own as well; who is not there misses it. */
  publish(channel: string, message: string): Promise<void>;
  /** Gives what ends it. */
  subscribe(channel: string, listener: Listener): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
