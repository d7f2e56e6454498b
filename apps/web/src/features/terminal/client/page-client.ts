import { terminalProtocol, terminalSocketPath, ticketRoutes } from '@quarterdeck/contract';
import type { ApiClient } from '../../../api/client.ts';
import { openTicketed } from '../../../live/ticketed-socket.ts';
import { TerminalClient } from './terminal-client.ts';

const clients = new WeakMap<ApiClient, TerminalClient>();

/** The one client of the page; it stands as long as the page does, and is connected while a terminal is shown. */
export function terminalClientOf(api: ApiClient): TerminalClient {
  const known = clients.get(api);
  if (known !== undefined) return known;
  const client = new TerminalClient({
    clientId: takeClientId(),
    openSocket: () => openTicketed(async () => (await api.call(ticketRoutes.issueTicket, { purpose: 'terminal' })).ticket, openSocket, terminalProtocol),
    schedule(callback, milliseconds) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    now: () => performance.now(),
  });
  document.addEventListener('visibilitychange', () => client.setShown(document.visibilityState === 'visible'));
  window.addEventListener('online', () => client.retryNow());
  clients.set(api, client);
  return client;
}

const idKey = 'quarterdeck.terminal-client';

/** Only a page that goes away leaves its name behind, for the one that comes in its place: a copy of the tab finds none. */
function takeClientId(): string {
  const id = sessionStorage.getItem(idKey) ?? crypto.randomUUID();
  sessionStorage.removeItem(idKey);
  window.addEventListener('pagehide', () => sessionStorage.setItem(idKey, id));
  window.addEventListener('pageshow', () => sessionStorage.removeItem(idKey));
  return id;
}

function openSocket(protocols: string[]): WebSocket {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${terminalSocketPath}`, protocols);
  socket.binaryType = 'arraybuffer';
  return socket;
}
