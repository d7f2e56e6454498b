import { randomBytes } from 'node:crypto';
import type { SecretStore } from '@quarterdeck/storage';

const name = 'terminal.screens';
const keyBytes = 32;

/** The key with which what terminals show is sealed on disk; made when it is first needed, and kept with the other secrets. */
export async function checkpointKey(secrets: () => Promise<SecretStore>, now: () => number): Promise<string> {
  const store = await secrets();
  const known = await store.get(name);
  if (known !== null) return known;
  const key = randomBytes(keyBytes).toString('base64');
  await store.put(name, key, now());
  return key;
}
