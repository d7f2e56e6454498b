import { routes } from '@quarterdeck/contract';
import { parseAnchor, readAct, readActs, readEntries, verifyLedger } from '@quarterdeck/storage';
import { handle, handleStream, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

type AuditRoutes = 'listActs' | 'getAct' | 'verifyAudit' | 'exportAudit';

export function auditHandlers({ ledger: { db } }: Pick<Services, 'ledger'>): Pick<RouteHandlers, AuditRoutes> {
  return {
    listActs: handle(routes.listActs, ({ limit, before, ...filter }) => readActs(db, filter, { limit, before })),
    getAct: handle(routes.getAct, ({ act }) => readAct(db, act)),
    verifyAudit: handle(routes.verifyAudit, ({ anchor }) => verifyLedger(db, anchor === undefined ? null : parseAnchor(anchor))),
    exportAudit: handleStream(routes.exportAudit, ({ from }) => ({ chunks: lines(readEntries(db, from)), fileName: 'quarterdeck-audit.jsonl' })),
  };
}

async function* lines(entries: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`;
}
