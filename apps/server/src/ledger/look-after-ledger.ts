import { toAppError } from '@quarterdeck/contract';
import { countUnfinished, type Ledger, pruneLedger, readHead, usualLimits } from '@quarterdeck/storage';
import type { Logger } from 'pino';

/** Milliseconds. */
const day = 86_400_000;

/**
 * Says at start where the ledger stands and which acts were cut off, and keeps it within its limits from then on. What it
 * says of the head can be given back to a check as an anchor. Gives what ends it.
 */
export async function lookAfterLedger(ledger: Ledger, log: Logger): Promise<() => void> {
  const [{ seq, hash }, unfinished] = [await readHead(ledger.db), await countUnfinished(ledger.db)];
  if (seq > 0) log.info({ anchor: `${seq}:${hash}` }, 'The ledger ends here.');
  if (unfinished > 0) log.warn({ unfinished }, 'Of some acts it is not known how they ended; `qd audit list --outcome unfinished` shows them.');
  const prune = () =>
    pruneLedger(ledger, usualLimits, Date.now()).then(
      (rows) => (rows > 0 ? log.info({ rows }, 'Old rows of the ledger were taken away.') : undefined),
      (thrown: unknown) => log.error({ err: toAppError(thrown) }, 'Old rows of the ledger could not be taken away.'),
    );
  void prune();
  const timer = setInterval(() => void prune(), day).unref();
  return () => clearInterval(timer);
}
