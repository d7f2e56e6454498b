import { AppError } from '@quarterdeck/contract';

/** What can be wrong with a storage that somebody can do something about. */
export type StorageFault = 'full' | 'readOnly' | 'locked' | 'lost' | 'damaged' | 'denied' | 'absent' | 'failing';

const faults: Record<StorageFault, { says: string; hint: string }> = {
  full: { says: 'has no room left on its disk', hint: 'Free some space; what was acknowledged is kept, and nothing is changed until it can be written down.' },
  readOnly: { says: 'can only be read', hint: 'Make the file and its folder writable for the user who runs this, or name another storage.' },
  locked: { says: 'is held by another program', hint: 'Try again; if it stays so, look for a backup or a migration that runs on it.' },
  lost: { says: 'does not answer', hint: 'See whether the database server runs and can be reached; what was acknowledged is kept.' },
  damaged: { says: 'is damaged', hint: 'Stop the workbench, keep the file, and go back to a backup; `qd storage check` says what is wrong.' },
  denied: { says: 'lets nobody in with this name and password', hint: 'Correct them in QUARTERDECK_STORAGE.' },
  absent: { says: 'is not there', hint: 'Create the database, or correct QUARTERDECK_STORAGE.' },
  failing: { says: 'fails when it is read or written', hint: 'Look at the disk: it may be full, over its quota or broken.' },
};

/** Result codes of SQLite, by their beginning; an extended code begins with its main one. https://sqlite.org/rescode.html */
const sqliteCodes: readonly [string, StorageFault][] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readOnly'],
  ['SQLITE_CANTOPEN', 'readOnly'],
  ['SQLITE_PERM', 'readOnly'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['SQLITE_IOERR', 'failing'],
];

/** SQLSTATEs of PostgreSQL, by their beginning, and errors of the way there. https://www.postgresql.org/docs/15/errcodes-appendix.html */
const otherCodes: readonly [string, StorageFault][] = [
  ['53100', 'full'],
  ['53', 'lost'],
  ['25006', 'readOnly'],
  ['55P03', 'locked'],
  ['57014', 'locked'],
  ['40', 'locked'],
  ['57P', 'lost'],
  ['08', 'lost'],
  ['28', 'denied'],
  ['3D000', 'absent'],
  ['XX001', 'damaged'],
  ['XX002', 'damaged'],
  ['58', 'failing'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'readOnly'],
  ['EACCES', 'readOnly'],
  ['EPERM', 'readOnly'],
  ['ENOTDIR', 'absent'],
  ['ECONN', 'lost'],
  ['ETIMEDOUT', 'lost'],
  ['EPIPE', 'lost'],
  ['ENOTFOUND', 'lost'],
  ['EAI_AGAIN', 'lost'],
  ['EHOSTUNREACH', 'lost'],
];

/** The client says these without a code. */
const lostMessages = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|server closed the connection/i;

/** Anything that an engine or the file system threw, in our words: the one place where that is done. `label` names the storage. */
export function storageError(thrown: unknown, label: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)|^23505/.test(code)) return new AppError('CONFLICT', 'It is stored already.', { cause: thrown });
  const fault = faultOf(code, thrown);
  if (fault === null)
    return new AppError('INTERNAL_ERROR', `The storage failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown });
  return storageFault(fault, label, thrown);
}

export function storageFault(fault: StorageFault, label: string, cause?: unknown): AppError {
  const { says, hint } = faults[fault];
  return new AppError('STORAGE_UNAVAILABLE', `The storage (${label}) ${says}.`, { hint, details: { fault }, cause });
}

function faultOf(code: string, thrown: unknown): StorageFault | null {
  const found = [...sqliteCodes, ...otherCodes].find(([begin]) => code.startsWith(begin));
  if (found !== undefined) return found[1];
  return thrown instanceof Error && lostMessages.test(thrown.message) ? 'lost' : null;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}
