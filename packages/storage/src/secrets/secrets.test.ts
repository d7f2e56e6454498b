import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenStorage, openStorage } from '../database/open-storage.ts';
import { parseStorageUrl } from '../database/storage-url.ts';
import { keySourceOf, openKeyRing } from './key-source.ts';
import type { Keychain } from './keychain.ts';
import { newKey, SecretBox } from './secret-box.ts';
import { openSecretStore, rotateKey } from './secret-store.ts';
import { keychainVault, storeVault } from './secret-vaults.ts';

let folder: string;
let storage: OpenStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarterdeck-secrets-'));
  storage = await openStorage(parseStorageUrl(`sqlite:${join(folder, 'db')}`), { role: 'guest' });
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

/** A keychain that works, as those of desktops do. */
function keychain(): Keychain & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    works: async () => true,
    read: async (account) => held.get(account) ?? null,
    write: async (account, secret) => void held.set(account, secret),
    delete: async (account) => held.delete(account),
  };
}
const noKeychain: Keychain = { works: async () => false, read: async () => null, write: () => Promise.reject(new Error('none')), delete: async () => false };

describe('a sealed value', () => {
  it('opens where it belongs, with its key, unchanged; and nowhere else', () => {
    const box = new SecretBox(newKey());
    const sealed = box.seal('swordfish ✓', 'a');
    expect(box.open(sealed, 'a')).toBe('swordfish ✓');
    expect(box.seal('swordfish ✓', 'a')).not.toBe(sealed);
    const [version, id, content = ''] = sealed.split('.');
    const swapped = content.at(-1) === 'A' ? 'Q' : 'A';
    for (const [wrong, place] of [
      [sealed, 'b'],
      [`${version}.${id}.${content.slice(0, -1)}${swapped}`, 'a'],
      [`${version}.${id}.`, 'a'],
      ['plain text', 'a'],
      [new SecretBox(newKey()).seal('swordfish ✓', 'a'), 'a'],
    ] as const) {
      expect(() => box.open(wrong, place)).toThrow(expect.objectContaining({ code: 'STORAGE_UNAVAILABLE', message: expect.not.stringContaining('swordfish') }));
    }
  });
});

describe('the key', () => {
  const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');

  it('comes from the environment, a named file, the keychain or a file of its own, in this order', async () => {
    const named = join(folder, 'named.key');
    await writeFile(named, `${key(2)}\n`);
    const ring = async (environment: Record<string, string>, chain: Keychain = noKeychain) => openKeyRing(await keySourceOf(environment, folder, chain));
    const both = { QUARTERDECK_KEY: key(1), QUARTERDECK_KEY_FILE: named };
    expect((await ring(both)).current.bytes).toEqual(Buffer.alloc(32, 1));
    expect((await ring({ QUARTERDECK_KEY_FILE: named })).current.bytes).toEqual(Buffer.alloc(32, 2));
    const chain = keychain();
    expect((await ring({}, chain)).current.id).toBe((await ring({}, chain)).current.id);
    expect(chain.held.size).toBe(1);
    expect(await readdir(folder)).not.toContain('storage.key');
    const own = await ring({});
    expect((await stat(join(folder, 'storage.key'))).mode & 0o777).toBe(0o600);
    // A key that is used already is not exchanged for another because a keychain appears.
    expect((await ring({}, keychain())).current.id).toBe(own.current.id);
  });

  it('that is none is refused without being shown', async () => {
    const source = await keySourceOf({ QUARTERDECK_KEY: 'c3dvcmRmaXNo' }, folder, noKeychain);
    await expect(openKeyRing(source)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.not.stringContaining('c3dv'),
      hint: expect.stringContaining('openssl'),
    });
  });

  it('is rotated in its file, and everything is sealed with the new one', async () => {
    const source = await keySourceOf({}, folder, noKeychain);
    await (await openSecretStore(storage.db, source)).put('provider', 'swordfish', 1);
    const before = (await openKeyRing(source)).current.id;
    expect(await rotateKey(storage.db, source)).toMatchObject({ resealed: 1, keyId: expect.not.stringMatching(before) });
    expect((await openKeyRing(source)).previous).toEqual([]);
    expect(await (await openSecretStore(storage.db, source)).get('provider')).toBe('swordfish');
  });

  it('of the environment is rotated by whoever sets it', async () => {
    const old = await keySourceOf({ QUARTERDECK_KEY: key(1) }, folder, noKeychain);
    await (await openSecretStore(storage.db, old)).put('provider', 'swordfish', 1);
    await expect(rotateKey(storage.db, old)).rejects.toMatchObject({ code: 'UNSUPPORTED', hint: expect.stringContaining('QUARTERDECK_KEY_PREVIOUS') });
    const both = await keySourceOf({ QUARTERDECK_KEY: key(2), QUARTERDECK_KEY_PREVIOUS: key(1) }, folder, noKeychain);
    expect(await rotateKey(storage.db, both)).toMatchObject({ resealed: 1 });
    const fresh = await keySourceOf({ QUARTERDECK_KEY: key(2) }, folder, noKeychain);
    expect(await (await openSecretStore(storage.db, fresh)).get('provider')).toBe('swordfish');
  });
});

describe('a vault', () => {
  it('keeps credentials in the store, sealed, and in the keychain where there is one', async () => {
    const store = await openSecretStore(storage.db, await keySourceOf({ QUARTERDECK_KEY: Buffer.alloc(32, 1).toString('base64') }, folder, noKeychain));
    for (const vault of [
      storeVault(
        (call) => call(store),
        () => 1,
      ),
      keychainVault(keychain()),
    ]) {
      expect(await vault.get('model-key/a')).toBeNull();
      await vault.put('model-key/a', 'sk-1');
      expect(await vault.get('model-key/a')).toBe('sk-1');
      expect([await vault.delete('model-key/a'), await vault.delete('model-key/a'), await vault.get('model-key/a')]).toEqual([true, false, null]);
    }
    expect(await keychainVault(noKeychain).get('model-key/a')).toBeNull();
    expect(await keychainVault(noKeychain).delete('model-key/a')).toBe(false);
  });
});
