import { hostCalls, hostProtocol } from '../protocol/host-messages.ts';
import { answer, type HostMethod } from './host-method.ts';
import type { Sessions } from './sessions.ts';

export interface HostSelf {
  version: string;
  startedAt: string;
  /** Throws GONE where it takes no new sessions. */
  admit(): void;
  drain(): void;
}

/** What every host can be asked. */
export function coreMethods(sessions: Sessions, self: HostSelf): HostMethod[] {
  return [
    answer(hostCalls.listSessions, (_input, { owner }) => sessions.list(owner)),
    answer(hostCalls.createSession, async (request, { owner }) => {
      self.admit();
      return (await sessions.create(request, owner ?? 'server')).record.value;
    }),
    answer(hostCalls.changeSession, ({ id, name, observed }, { owner }) => {
      const session = sessions.get(id, owner);
      if (name !== undefined) sessions.rename(session, name);
      if (observed !== undefined) session.setObserved(observed);
      return session.record.value;
    }),
    answer(hostCalls.endSession, async ({ id }, { owner }) => {
      await sessions.end(sessions.get(id, owner));
      return { id };
    }),
    answer(hostCalls.signalSession, async ({ id, signal, pid }, { owner }) => ({ signalled: await sessions.signal(sessions.get(id, owner), signal, pid) })),
    answer(hostCalls.hostState, () => {
      const { version, startedAt } = self;
      return { pid: process.pid, version, protocol: hostProtocol, startedAt, sessions: sessions.size, memory: process.memoryUsage.rss() };
    }),
    answer(hostCalls.drainHost, () => {
      self.drain();
      return { sessions: sessions.size };
    }),
  ];
}
