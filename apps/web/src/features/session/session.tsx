import { type AccessPolicy, type AppError, authRoutes, type Permission, type Session, toAppError } from '@quarterdeck/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect } from 'react';
import { useServices } from '../../app/services.ts';
import { useLiveState } from '../../live/use-live.ts';

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** Who is logged in and what they may do. Only below the page that asks for a login. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

/** What is not allowed is not offered; the server refuses it all the same. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

export const isRestricted = ({ namespaces, kinds }: AccessPolicy): boolean => !(namespaces.includes('*') && kinds.includes('*'));

const key = ['session'];

/** That nobody is logged in is an answer and no failure: asked again, the page for it stays, with what was typed there. */
export type Entrance = { session: Session } | { refused: AppError };

/** Asked again when the socket breaks: a workbench that was started anew, or an administrator, may have ended the session. */
export function useEntrance() {
  const { api } = useServices();
  const socket = useLiveState();
  const entrance = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<Entrance> => {
      try {
        return { session: await api.call(authRoutes.getSession, {}, { signal }) };
      } catch (thrown) {
        const refused = toAppError(thrown);
        if (refused.code !== 'AUTH_REQUIRED') throw thrown;
        return { refused };
      }
    },
  });
  const { refetch } = entrance;
  useEffect(() => {
    if (socket === 'waiting') void refetch();
  }, [socket, refetch]);
  return entrance;
}

/** After a login or a logout: nothing that somebody else was told stays on the page. */
export function useAnotherPerson(): () => Promise<void> {
  const { live } = useServices();
  const queries = useQueryClient();
  return useCallback(async () => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
    await queries.invalidateQueries({ queryKey: key });
    live.retryNow();
  }, [queries, live]);
}
