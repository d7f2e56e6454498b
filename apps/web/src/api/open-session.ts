import { sessionRoutes } from '@quarterdeck/contract';
import type { ApiClient, PageKeyStore } from './client.ts';

/** What the address brings in its fragment, which no server, proxy or referrer gets to see. */
export interface Brought {
  /** The launch token that the workbench printed. */
  token: string | null;
  /** The key to a session that a login elsewhere ended with. */
  key: string | null;
  /** What makes the first account of a team. */
  setup: string | null;
}

/** Takes what the address brings out of it, so that neither the history nor somebody who looks on keeps it. */
export function takeBrought(location: Location, history: History): Brought {
  const brought = new URLSearchParams(location.hash.slice(1));
  const [token, key, setup] = [brought.get('token'), brought.get('key'), brought.get('setup')];
  if (token !== null || key !== null || setup !== null) history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return { token, key, setup };
}

/** Opens the session that the address brings. What goes wrong is told by the page, which then has none. */
export async function openSession({ token, key }: Pick<Brought, 'token' | 'key'>, api: ApiClient, store: PageKeyStore): Promise<void> {
  if (key !== null) store.write(key);
  if (token === null) return;
  await api.call(sessionRoutes.openLocalSession, { token }).catch(() => undefined); // An old token: an older session may still be open.
}
