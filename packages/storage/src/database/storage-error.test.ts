import { describe, expect, it } from 'vitest';
import { storageError } from './storage-error.ts';
import { parseStorageUrl, storageUrlOf } from './storage-url.ts';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('what an engine says', () => {
  it.each([
    [coded('SQLITE_FULL'), 'full'],
    [coded('SQLITE_IOERR_WRITE'), 'failing'],
    [coded('SQLITE_READONLY_DBMOVED'), 'readOnly'],
    [coded('SQLITE_BUSY'), 'locked'],
    [coded('SQLITE_CORRUPT_INDEX'), 'damaged'],
    [coded('SQLITE_NOTADB'), 'damaged'],
    [coded('53100'), 'full'],
    [coded('25006'), 'readOnly'],
    [coded('57P01'), 'lost'],
    [coded('08006'), 'lost'],
    [coded('ECONNREFUSED'), 'lost'],
    [coded('28P01'), 'denied'],
    [coded('3D000'), 'absent'],
    [coded('EROFS'), 'readOnly'],
    [coded('ENOSPC'), 'full'],
    [new Error('Connection terminated unexpectedly'), 'lost'],
  ])('%o is told as %s, with the way out', (thrown, fault) => {
    expect(storageError(thrown, 'here')).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      details: { fault },
      message: expect.stringContaining('here'),
      hint: expect.any(String),
    });
  });

  it('that a row is there already is a conflict, and what nobody foresaw keeps its cause', () => {
    expect(storageError(coded('SQLITE_CONSTRAINT_PRIMARYKEY'), 'here')).toMatchObject({ code: 'CONFLICT' });
    expect(storageError(coded('23505'), 'here')).toMatchObject({ code: 'CONFLICT' });
    const strange = new Error('strange');
    expect(storageError(strange, 'here')).toMatchObject({ code: 'INTERNAL_ERROR', cause: strange });
  });
});

describe('the address of a storage', () => {
  it('is a file or a server, and its label has no password', () => {
    expect(parseStorageUrl('sqlite:/a/b.db')).toEqual({ engine: 'sqlite', path: '/a/b.db', label: '/a/b.db' });
    expect(parseStorageUrl('postgres://me:hunter2@db:5433/team')).toMatchObject({ engine: 'postgres', label: 'postgres://db:5433/team' });
    expect(storageUrlOf({}, '/state')).toMatchObject({ path: '/state/quarterdeck.db' });
    expect(storageUrlOf({ QUARTERDECK_STORAGE: 'postgresql://db/team' }, '/state')).toMatchObject({ engine: 'postgres' });
  });

  it.each(['mysql://me:hunter2@db/x', 'sqlite:', 'postgres//hunter2', '/a/b.db'])('%s is refused and not repeated', (text) => {
    expect(() => parseStorageUrl(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', message: expect.not.stringContaining('hunter2') }));
  });
});
