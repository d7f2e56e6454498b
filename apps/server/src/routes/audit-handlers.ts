import { routes } from '@quarterdeck/contract';
import { noAct, parseAnchor, readAct, readActs, readEntries, verifyLedger } from '@quarterdeck/storage';
import { actsOf, mayReadLedger, seenActs, seesAct } from '../policy/seen-acts.ts';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type AuditRoutes = 'listActs' | 'getAct' | 'verifyAudit' | 'exportAudit';

export function auditHandlers({ clusters, ledger: { db } }: Pick<Services, 'clusters' | 'ledger'>): Pick<RouteHandlers, AuditRoutes> {
  return {
    listActs: handle(routes.listActs, async ({ limit, before, ...filter }, call) => {
      const seen = clusters.seenBy(call);
      const own = actsOf(seen, call);
      const page = await readActs(db, own === null ? filter : { ...filter, actor: own }, { limit, before });
      return seenActs(seen, call, page);
    }),
    getAct: handle(routes.getAct, async ({ act }, call) => {
      const found = await readAct(db, act);
      if (!seesAct(clusters.seenBy(call), call, found)) throw noAct(act);
      return found;
    }),
    verifyAudit: handle(routes.verifyAudit, ({ anchor }, call) => {
      mayReadLedger(clusters.seenBy(call));
      return verifyLedger(db, anchor === undefined ? null : parseAnchor(anchor));
    }),
    exportAudit: handleStream(routes.exportAudit, ({ from }, call) => {
      mayReadLedger(clusters.seenBy(call));
      return { chunks: lines(readEntries(db, from)), fileName: 'quarterdeck-audit.jsonl' };
    }),
  };
}

async function* lines(entries: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
