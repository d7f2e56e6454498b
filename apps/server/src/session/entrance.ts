import type { Actor } from '../gate/decide.ts';

/** Who is let in, and how they show it. */
export interface Entrance {
  authenticate(headers: Headers): Promise<Actor>;
  /** The Set-Cookie value for a browser that shows the launch token; null where it is another one, or where there is none. */
  exchange(token: string): string | null;
  /** Somebody who was let in as they are now; nobody where their login has ended. */
  renewed(actor: Actor): Promise<Actor>;
  /** Told when what somebody may do could be another. Gives what ends it. */
  onChanged(listener: () => void): Promise<() => Promise<void>>;
}
