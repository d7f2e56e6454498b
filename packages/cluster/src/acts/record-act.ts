import { type ActDraft, type ActEnd, type ActLog, type OpenAct, toAppError } from '@quarterdeck/contract';

/**
 * Does something that is written down: its intent before, its result after. What can't be written down is not done. Throws
 * STORAGE_UNAVAILABLE (before or, saying so, after it was done), and as what is done. `endOf` says more about what was done.
 */
export async function recordAct<T>(acts: ActLog, draft: ActDraft, run: () => Promise<T>, endOf: (value: T) => Partial<ActEnd> = () => ({})): Promise<T> {
  const act = await acts.begin(draft);
  const value = await failing(act, run);
  await act.end({ outcome: 'done', ...endOf(value) });
  return value;
}

/**
 * As `recordAct`, for what goes on after it began. `endOf` tells from its events how it stands; one that tells nothing is done
 * when it ends, and cancelled by who stops reading.
 */
export async function recordStream<T>(
  acts: ActLog,
  draft: ActDraft,
  open: () => Promise<AsyncIterable<T>>,
  endOf: (event: T) => ActEnd | null = () => null,
): Promise<AsyncGenerator<T>> {
  const act = await acts.begin(draft);
  return follow(await failing(act, open), act, endOf);
}

async function* follow<T>(events: AsyncIterable<T>, act: OpenAct, endOf: (event: T) => ActEnd | null): AsyncGenerator<T> {
  let told: ActEnd | null = null;
  let end: ActEnd = { outcome: 'cancelled' };
  let read = false;
  try {
    for await (const event of events) {
      told = endOf(event) ?? told;
      end = told ?? end;
      yield event;
    }
    read = true;
  } catch (thrown) {
    end = failedEnd(thrown);
    throw thrown;
  } finally {
    if (read) await act.end(told ?? { outcome: 'done' });
    else await endQuietly(act, end);
  }
}

/** Where something else went wrong already, people must hear of that; the log tells of itself. */
export async function endQuietly(act: OpenAct, end: ActEnd): Promise<void> {
  await act.end(end).catch(() => undefined);
}

async function failing<T>(act: OpenAct, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    await endQuietly(act, failedEnd(thrown));
    throw thrown;
  }
}

export function failedEnd(thrown: unknown): ActEnd {
  const { code, message } = toAppError(thrown);
  return { outcome: code === 'CANCELLED' ? 'cancelled' : 'failed', error: { code, message } };
}

/** For what keeps nothing (dry runs), and for the parts of an act that is written down as a whole. */
export const unrecorded: ActLog = { begin: async () => ({ id: '', end: async () => undefined }) };
