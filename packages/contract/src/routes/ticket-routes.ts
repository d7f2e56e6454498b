import { ticketRequestSchema, ticketSchema } from '../access/ticket.ts';
import { defineRoute } from './route.ts';

export const ticketRoutes = {
  issueTicket: defineRoute({
    id: 'issueTicket',
    method: 'POST',
    path: '/api/tickets',
    permission: 'session.read',
    effect: 'read',
    summary:
      'A ticket that opens one WebSocket, within 30 seconds, for whom asks and for nothing else. It goes into the subprotocols, after `quarterdeck.ticket.`.',
    input: ticketRequestSchema.refine(({ purpose, shell }) => (purpose === 'exec' || purpose === 'attach') === (shell !== undefined), {
      path: ['shell'],
      message: 'belongs to exec and attach, and to nothing else',
    }),
    output: ticketSchema,
  }),
} as const;
