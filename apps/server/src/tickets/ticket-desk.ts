import { createHash, randomBytes } from 'node:crypto';
import { AppError, type TicketRequest, ticketSubject } from '@quarterdeck/contract';
import type { SharedMemory } from '@quarterdeck/storage/shared';
import type { Actor } from '../gate/decide.ts';

/** Enough to open a socket with; too little to be found and used by somebody else. */
export const ticketSeconds = 30;

/**
 * Single-use tickets for WebSockets. A browser's page can set no header on one, so what stands for the session there is
 * neither the cookie alone (which the page of another port may bring) nor anything in the address (which logs keep).
 */
export interface TicketDesk {
  issue(actor: Actor, request: TicketRequest): Promise<string>;
  /** Takes a ticket, whatever comes of it. Throws FORBIDDEN where it is not for this person, session and socket. */
  take(ticket: string, actor: Actor, request: TicketRequest): Promise<void>;
}

/** Between all servers that share the memory, a ticket is taken once. */
export function createTicketDesk({ cache }: Pick<SharedMemory, 'cache'>): TicketDesk {
  return {
    async issue(actor, request) {
      const ticket = randomBytes(32).toString('base64url');
      await cache.set(keyOf(ticket), boundTo(actor, request), ticketSeconds * 1000);
      return ticket;
    },
    async take(ticket, actor, request) {
      if ((await cache.take(keyOf(ticket))) !== boundTo(actor, request)) throw invalid();
    },
  };
}

/** Whoever reads the shared memory finds no ticket in it. */
function keyOf(ticket: string): string {
  return `ticket:${createHash('sha256').update(ticket).digest('base64url')}`;
}

function boundTo({ id, session }: Actor, request: TicketRequest): string {
  return JSON.stringify([id, session, ticketSubject(request)]);
}

function invalid(): AppError {
  return new AppError('FORBIDDEN', 'The ticket is not one for this connection, was used, or is older than 30 s.', {
    hint: 'Ask for another: POST /api/tickets.',
  });
}
