import { type LoginSession, type PersonalToken, type RouteCall, routes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const tokensKey = ['account', 'tokens'];
const sessionsKey = ['account', 'sessions'];

export function useTokens() {
  const { api } = useServices();
  const queries = useQueryClient();
  const keep = (tokens: PersonalToken[]) => queries.setQueryData(tokensKey, tokens);
  return {
    tokens: useQuery({ queryKey: tokensKey, queryFn: ({ signal }) => api.call(routes.listTokens, {}, { signal }) }),
    create: useMutation({
      mutationFn: (input: RouteCall<typeof routes.createToken>) => api.call(routes.createToken, input),
      onSuccess: () => queries.invalidateQueries({ queryKey: tokensKey }),
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.call(routes.revokeToken, { id }), onSuccess: keep }),
  };
}

export function useLoginSessions() {
  const { api } = useServices();
  const queries = useQueryClient();
  return {
    sessions: useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => api.call(routes.listSessions, {}, { signal }) }),
    end: useMutation({
      mutationFn: async (ids: readonly string[]) => {
        let left: LoginSession[] = [];
        for (const id of ids) left = await api.call(routes.endSession, { id });
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
    mutationFn: (input: { current: string; next: string }) => api.call(routes.changePassword, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  });
}
