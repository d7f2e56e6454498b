import { type ActionSummary, finalActionStates } from '@quarterdeck/contract';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import * as z from 'zod';
import type { DataFrame } from '../../live/live-client.ts';
import { useLive } from '../../live/use-live.ts';
import { useMay } from '../session/session.tsx';

/** The latest actions of every cluster, live; and which of them were approved on this page. */
interface ActionsFeed {
  /** Newest first; null until the first word. */
  latest: readonly ActionSummary[] | null;
  /** Those approved here, newest first. */
  session: readonly ActionSummary[];
  /** Notes that an action was approved here. */
  own(id: string): void;
  /** Notes that somebody looks at an action, until what is returned is called: its end is then no news. */
  look(id: string): () => void;
  isLookedAt(id: string): boolean;
}

const none: readonly ActionSummary[] = [];
const idle: ActionsFeed = { latest: null, session: none, own: () => undefined, look: () => () => undefined, isLookedAt: () => false };
const ActionsContext = createContext<ActionsFeed>(idle);

const request = { type: 'subscribeActions' } as const;
const storageKey = 'quarterdeck.actions';
const idsSchema = z.array(z.string());
/** So many of a session are remembered. */
const most = 50;

function apply(state: readonly ActionSummary[] | null, frame: DataFrame): readonly ActionSummary[] | null {
  return frame.type === 'actionsSnapshot' ? frame.actions : state;
}

export function ActionsProvider({ children }: { children: ReactNode }) {
  const mayRead = useMay('action.read');
  const { state: latest } = useLive(mayRead ? request : null, apply);
  const [owned, setOwned] = useState(restore);
  const [looked] = useState(() => new Map<string, number>());
  useEffect(() => sessionStorage.setItem(storageKey, JSON.stringify(owned)), [owned]);
  const feed = useMemo<ActionsFeed>(
    () => ({
      latest,
      session: latest?.filter(({ id }) => owned.includes(id)) ?? none,
      own: (id) => setOwned((before) => (before.includes(id) ? before : [id, ...before].slice(0, most))),
      look(id) {
        looked.set(id, (looked.get(id) ?? 0) + 1);
        return () => looked.set(id, (looked.get(id) ?? 1) - 1);
      },
      isLookedAt: (id) => (looked.get(id) ?? 0) > 0,
    }),
    [latest, owned, looked],
  );
  return <ActionsContext value={feed}>{children}</ActionsContext>;
}

export function useActionsFeed(): ActionsFeed {
  return useContext(ActionsContext);
}

/** Calls `onEnd` once for each action of this session that was under way and has ended. */
export function useActionEnds(onEnd: (action: ActionSummary) => void): void {
  const { session } = useActionsFeed();
  const running = useRef(new Set<string>());
  const latest = useRef(onEnd);
  latest.current = onEnd;
  useEffect(() => {
    for (const action of session) {
      if (!finalActionStates.has(action.state)) running.current.add(action.id);
      else if (running.current.delete(action.id)) latest.current(action);
    }
  }, [session]);
}

function restore(): readonly string[] {
  const stored = sessionStorage.getItem(storageKey);
  if (stored === null) return [];
  try {
    return idsSchema.parse(JSON.parse(stored));
  } catch {
    // Written by another version of the page: what is under way is among all actions.
    return [];
  }
}
