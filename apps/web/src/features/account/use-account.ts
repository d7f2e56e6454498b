import { authRoutes, type LoginSession, type PersonalToken, type RouteCall } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const tokensKey = ['account', 'tokens'];
const sessionsKey = ['account', 'sessions'];

export function useTokens() {
  const { api } = useServices();
  const queries = useQueryClient();
  const keep = (tokens: PersonalToken[]) => queries.setQueryData(tokensKey, tokens);
  return {
    tokens: useQuery({ queryKey: tokensKey, queryFn: ({ signal }) => api.call(authRoutes.listTokens, {}, { signal }) }),
    create: useMutation({
      mutationFn: (input: RouteCall<typeof authRoutes.createToken>) => api.call(authRoutes.createToken, input),
      onSuccess: () => queries.invalidateQueries({ queryKey: tokensKey }),
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.call(authRoutes.revokeToken, { id }), onSuccess: keep }),
  };
}

export function useLoginSessions() {
  const { api } = useServices();
  const queries = useQueryClient();
  return {
    sessions: useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => api.call(authRoutes.listSessions, {}, { signal }) }),
    end: useMutation({
      mutationFn: async (ids: readonly string[]) => {
        let left: LoginSession[] = [];
        for (const id of ids) left = await api.call(authRoutes.endSession, { id });
        return left;
      },
      onSuccess: (left) => queries.setQueryData(sessionsKey, left),
      onError: () => queries.invalidateQueries({ queryKey: sessionsKey }),
    }),
  };
}

export function usePasswordChange() {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { current: string; next: string }) => api.call(authRoutes.changePassword, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
}
