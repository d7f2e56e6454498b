import './no-code-of-text.ts';
import './styles/index.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { livePath, retryable, ticketRoutes, toAppError } from '@quarterdeck/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApiClient } from './api/client.ts';
import { openSession, takeBrought } from './api/open-session.ts';
import { createPageKeyStore } from './api/page-key-store.ts';
import { createAppRouter } from './app/router.tsx';
import { ServicesContext } from './app/services.ts';
import { createLiveClient } from './live/live-client.ts';
import { openTicketed } from './live/ticketed-socket.ts';
import { currentMessages, followLanguage } from './messages/language.ts';
import { pageNonce } from './page-nonce.ts';
import { restorePreferences } from './preferences/preferences.ts';
import { followTheme } from './theme/theme.ts';

restorePreferences(localStorage, window);
followTheme();
await followLanguage((thrown) => console.warn('The chosen language could not be fetched.', thrown));

const pageKey = createPageKeyStore(localStorage);
const api = createApiClient(
  (input, init) => fetch(input, init),
  pageKey,
  () => currentMessages().api,
);
const brought = takeBrought(location, history);
await openSession(brought, api, pageKey);
const live = createLiveClient({
  openSocket: () =>
    openTicketed(
      async () => (await api.call(ticketRoutes.issueTicket, { purpose: 'live' })).ticket,
      (protocols) => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${livePath}`, protocols),
    ),
  schedule(callback, milliseconds) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  random: Math.random,
});
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: (failures, thrown) => failures < 2 && retryable[toAppError(thrown).code] } },
});

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root element.');
createRoot(root).render(
  <StrictMode>
    <CSPProvider {...(pageNonce === undefined ? {} : { nonce: pageNonce })}>
      <ServicesContext value={{ api, live, setupToken: brought.setup }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={createAppRouter()} />
        </QueryClientProvider>
      </ServicesContext>
    </CSPProvider>
  </StrictMode>,
);
