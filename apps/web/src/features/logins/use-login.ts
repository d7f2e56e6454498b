import { type Cluster, type LoginConsent, loginRoutes, toAppError } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { type BegunLogin, loginView } from './login-view.ts';

/** How often the server is asked whether a login came to nothing; that it went well, the state of the cluster says. Milliseconds. */
const askPause = 2_000;

/** What helps a cluster whose login is needed, and the ways to do it. */
export function useLogin({ id, reason }: Pick<Cluster, 'id' | 'reason'>) {
  const { api } = useServices();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ['login', id] });
  const offer = useQuery({
    // Another reason may need another help.
    queryKey: ['login', id, reason],
    queryFn: ({ signal }) => api.call(loginRoutes.getLogin, { cluster: id }, { signal }),
    placeholderData: (last, query) => (query?.queryKey[1] === id ? last : undefined),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.kind === 'browser' && state.data.waiting ? askPause : false),
  });
  const begin = useMutation({
    mutationFn: async (tab: Window | null): Promise<BegunLogin> => {
      try {
        const started = await api.call(loginRoutes.startLogin, { cluster: id });
        if (tab !== null) tab.location.href = started.url;
        return { ...started, opened: tab !== null };
      } catch (thrown) {
        tab?.close();
        throw thrown;
      }
    },
    onSettled: refresh,
  });
  const allow = useMutation({
    mutationFn: (consent: LoginConsent) => api.call(loginRoutes.consentLogin, { cluster: id, consent: consent.id }),
    onSettled: refresh,
  });
  const errorOf = (thrown: unknown) => (thrown === null ? null : toAppError(thrown));
  const view = loginView({ offer: offer.data, offerError: errorOf(offer.error), begun: begin.data, beginError: errorOf(begin.error) });
  return { view, begin: () => begin.mutate(openTab()), beginning: begin.isPending, allow };
}

/** Opened while the click is handled: later, browsers take it for an advertisement. Null where they do even so. */
function openTab(): Window | null {
  const tab = window.open('', '_blank');
  // The page of the issuer must not reach back into the workbench.
  if (tab !== null) tab.opener = null;
  return tab;
}
