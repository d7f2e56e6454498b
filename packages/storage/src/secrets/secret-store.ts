import { AppError } from '@quarterdeck/contract';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type KeySource, openKeyRing } from './key-source.ts';
import { newKey, SecretBox } from './secret-box.ts';

/** Credentials at rest: names in the clear, values sealed. */
export class SecretStore {
  private readonly db: Kysely<Tables>;
  private readonly box: SecretBox;

  constructor(db: Kysely<Tables>, box: SecretBox) {
    this.db = db;
    this.box = box;
  }

  async names(): Promise<string[]> {
    return (await this.db.selectFrom('secrets').select('name').orderBy('name').execute()).map(({ name }) => name);
  }

  /** Null where there is none of that name. Throws STORAGE_UNAVAILABLE where it can't be opened. */
  async get(name: string): Promise<string | null> {
    const row = await this.db.selectFrom('secrets').select('sealed').where('name', '=', name).executeTakeFirst();
    return row === undefined ? null : this.box.open(row.sealed, placeOf(name));
  }

  async put(name: string, value: string, now: number): Promise<void> {
    const sealed = this.box.seal(value, placeOf(name));
    await this.db
      .insertInto('secrets')
      .values({ name, sealed, at: now })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ sealed, at: now }))
      .execute();
  }

  async delete(name: string): Promise<void> {
    await this.db.deleteFrom('secrets').where('name', '=', name).execute();
  }

  /** Seals everything with the current key that is not yet: all or nothing. Gives how many were. */
  async reseal(): Promise<number> {
    return this.db.transaction().execute(async (transaction) => {
      const rows = await transaction.selectFrom('secrets').selectAll().execute();
      const old = rows.filter(({ sealed }) => !this.box.isCurrent(sealed));
      for (const { name, sealed } of old) {
        const fresh = this.box.seal(this.box.open(sealed, placeOf(name)), placeOf(name));
        await transaction.updateTable('secrets').set({ sealed: fresh }).where('name', '=', name).execute();
      }
      return old.length;
    });
  }

  /** Names of those that can't be opened with the keys that are here. */
  async unreadable(): Promise<string[]> {
    const rows = await this.db.selectFrom('secrets').select(['name', 'sealed']).orderBy('name').execute();
    return rows.filter(({ name, sealed }) => !this.opens(name, sealed)).map(({ name }) => name);
  }

  private opens(name: string, sealed: string): boolean {
    try {
      this.box.open(sealed, placeOf(name));
      return true;
    } catch (thrown) {
      if (thrown instanceof AppError) return false;
      throw thrown;
    }
  }
}

export async function openSecretStore(db: Kysely<Tables>, source: KeySource): Promise<SecretStore> {
  const { current, previous } = await openKeyRing(source);
  return new SecretStore(db, new SecretBox(current, previous));
}

/**
 * Makes a new key and seals everything with it. Cut off at any moment, every credential can still be opened: the old key is
 * kept beside the new one until nothing needs it. Where the environment holds the keys, it says what to put there, and
 * seals with what it finds there. Gives how many values were sealed anew.
 */
export async function rotateKey(db: Kysely<Tables>, source: KeySource): Promise<{ keyId: string; resealed: number }> {
  const { current: old, previous } = await openKeyRing(source);
  if (source.name === 'QUARTERDECK_KEY' && previous.length > 0) {
    return { keyId: old.id, resealed: await new SecretStore(db, new SecretBox(old, previous)).reseal() };
  }
  const current = newKey();
  await source.write({ current, previous: [old, ...previous] });
  const resealed = await new SecretStore(db, new SecretBox(current, [old, ...previous])).reseal();
  await source.write({ current, previous: [] });
  return { keyId: current.id, resealed };
}

function placeOf(name: string): string {
  return `secrets/${name}`;
}
