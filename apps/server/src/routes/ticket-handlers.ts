import { routes } from '@quarterdeck/contract';
import { type TicketDesk, ticketSeconds } from '../tickets/ticket-desk.ts';
import { handle, type RouteHandlers } from './route-handler.ts';

export function ticketHandlers(tickets: TicketDesk): Pick<RouteHandlers, 'issueTicket'> {
  return {
    issueTicket: handle(routes.issueTicket, async (request, { actor }) => ({ ticket: await tickets.issue(actor, request), seconds: ticketSeconds })),
  };
}
