import { socketProtocols } from '@quarterdeck/contract';
import type { Socket } from './live-client.ts';

/**
 * A WebSocket that is opened with a ticket, which has to be asked for first. To whoever uses it, it is one that takes a
 * little longer to open; where there is no ticket to be had, it closes.
 */
export function openTicketed(ticket: () => Promise<string>, open: (protocols: string[]) => Socket, protocol?: string): Socket {
  let inner: Socket | null = null;
  let closed = false;
  const outer: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (data) => inner?.send(data),
    close() {
      closed = true;
      inner?.close();
    },
  };
  ticket().then(
    (issued) => {
      if (closed) return outer.onclose?.(new CloseEvent('close'));
      inner = open(socketProtocols(issued, protocol));
      inner.onopen = (event) => outer.onopen?.(event);
      inner.onmessage = (event) => outer.onmessage?.(event);
      inner.onclose = (event) => outer.onclose?.(event);
    },
    () => outer.onclose?.(new CloseEvent('close')),
  );
  return outer;
}
