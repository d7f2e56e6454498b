import type { ActDraft, ActLog } from '@quarterdeck/contract';
import type { ExecSession } from '../exec/exec-session.ts';
import { endQuietly, failedEnd } from './record-act.ts';

/** Opens a session in a container that is written down, with the exit code that it ends with. What is typed and shown is not. */
export async function recordSession(acts: ActLog, draft: ActDraft, open: () => Promise<ExecSession>): Promise<ExecSession> {
  const act = await acts.begin(draft);
  let session: ExecSession;
  try {
    session = await open();
  } catch (thrown) {
    await endQuietly(act, failedEnd(thrown));
    throw thrown;
  }
  const status = session.status.then(
    async (ended) => {
      await act.end({ outcome: 'done', detail: { ...ended, container: session.container } });
      return ended;
    },
    async (thrown: unknown) => {
      await endQuietly(act, failedEnd(thrown));
      throw thrown;
    },
  );
  status.catch(() => undefined); // Whoever uses the session hears of it; nobody has to.
  const { container, tty, stdin, stdout, stderr } = session;
  return {
    ...{ container, tty, stdin, stdout, stderr, status },
    write: (bytes) => session.write(bytes),
    end: () => session.end(),
    resize: (columns, rows) => session.resize(columns, rows),
    close: () => session.close(),
  };
}
