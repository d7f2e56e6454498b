import type { TicketRequest } from '@quarterdeck/contract';
import { inProcessMemory } from '@quarterdeck/storage/shared';
import { describe, expect, it } from 'vitest';
import { localPerson } from '../gate/actors.ts';
import { createTicketDesk } from './ticket-desk.ts';

const shell: TicketRequest = { purpose: 'exec', shell: { namespace: 'shop', pod: 'web', command: ['sh'], tty: 'true' } };
const refused = { code: 'FORBIDDEN', hint: expect.stringContaining('/api/tickets') };

describe('a ticket', () => {
  it('opens one socket, once', async () => {
    const desk = createTicketDesk(inProcessMemory());
    const ticket = await desk.issue(localPerson, shell);
    await desk.take(ticket, localPerson, { ...shell, shell: { tty: 'true', command: ['sh'], pod: 'web', namespace: 'shop' } });
    await expect(desk.take(ticket, localPerson, shell)).rejects.toMatchObject(refused);
  });

  it.each<[string, Parameters<ReturnType<typeof createTicketDesk>['take']>[1], TicketRequest]>([
    ['somebody else', { ...localPerson, id: 'eve' }, shell],
    ['another session', { ...localPerson, session: 's2' }, shell],
    ['another purpose', localPerson, { ...shell, purpose: 'attach' }],
    ['another socket', localPerson, { purpose: 'live' }],
    ['another pod', localPerson, { purpose: 'exec', shell: { namespace: 'shop', pod: 'db', command: ['sh'], tty: 'true' } }],
    ['another command', localPerson, { purpose: 'exec', shell: { namespace: 'shop', pod: 'web', command: ['rm', '-r', '/'], tty: 'true' } }],
  ])('is nothing for %s, and is gone when it was tried', async (_, actor, request) => {
    const desk = createTicketDesk(inProcessMemory());
    const ticket = await desk.issue(localPerson, shell);
    await expect(desk.take(ticket, actor, request)).rejects.toMatchObject(refused);
    await expect(desk.take(ticket, localPerson, shell)).rejects.toMatchObject(refused);
  });

  it('is nothing after half a minute', async () => {
    let now = 0;
    const desk = createTicketDesk(inProcessMemory(() => now));
    const ticket = await desk.issue(localPerson, shell);
    now = 30_000;
    await expect(desk.take(ticket, localPerson, shell)).rejects.toMatchObject(refused);
  });
});
