import type { TerminalEvent } from './terminal-event.ts';
import type { TerminalSession } from './terminal-session.ts';

/** What an event that programs and shells cause says of their session; null for one that says nothing of it. */
export function sessionFacts(event: TerminalEvent): Partial<TerminalSession> | null {
  switch (event.type) {
    case 'cwd':
      return { cwd: event.cwd };
    case 'title':
      return { title: event.title };
    case 'kube':
      return { kube: event.kube };
    case 'running':
      return { running: event.command };
    case 'hidden':
      return { hidden: event.on };
    case 'integrated':
      return { integrated: event.on };
    default:
      return null;
  }
}
