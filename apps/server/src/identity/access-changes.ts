import type { SharedMemory } from '@quarterdeck/storage/shared';

const channel = 'access-changed';

/** Tells every server that somebody may do something else than before, or that a login has ended. */
export interface AccessChanges {
  tell(): Promise<void>;
  /** Gives what ends it. */
  listen(listener: () => void): Promise<() => Promise<void>>;
}

export function accessChanges(shared: Pick<SharedMemory, 'publish' | 'subscribe'>): AccessChanges {
  return { tell: () => shared.publish(channel, ''), listen: (listener) => shared.subscribe(channel, () => listener()) };
}
