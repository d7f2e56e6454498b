import * as z from 'zod';
import { canonicalJson } from '../objects/canonical-json.ts';
import { shellQuerySchema } from '../pods/shell.ts';

/** What every client of our WebSockets offers as a subprotocol, and the server accepts. */
export const socketProtocol = 'quarterdeck.v1';
/** A subprotocol that begins so carries a ticket: there it is in no address, which logs keep. */
export const ticketProtocolPrefix = 'quarterdeck.ticket.';

export const ticketPurposes = ['live', 'exec', 'attach', 'terminal'] as const;
export type TicketPurpose = (typeof ticketPurposes)[number];

/** What the one socket is that the ticket opens: the live subscriptions, a shell in exactly this container, or the terminals of a page. */
export const ticketRequestSchema = z.object({
  purpose: z.enum(ticketPurposes),
  /** For `exec` and `attach`: the query of the WebSocket. */
  shell: shellQuerySchema.optional(),
});
export type TicketRequest = z.infer<typeof ticketRequestSchema>;

export const ticketSchema = z.object({
  ticket: z.string(),
  /** Seconds from now in which it opens one socket. */
  seconds: z.number().int(),
});

/** The same text for the same socket. */
export function ticketSubject({ purpose, shell }: TicketRequest): string {
  return shell === undefined ? purpose : `${purpose} ${canonicalJson(shell)}`;
}

/** The subprotocols with which a client opens a WebSocket; that of terminals is `terminalProtocol`. */
export function socketProtocols(ticket: string, protocol = socketProtocol): string[] {
  return [protocol, `${ticketProtocolPrefix}${ticket}`];
}
