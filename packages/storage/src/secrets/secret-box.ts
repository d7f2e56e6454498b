import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from '@quarterdeck/contract';

const algorithm = 'aes-256-gcm';
export const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';

/** A key with its name. The name is a digest: it tells which key it is, and nothing of the key. */
export interface StorageKey {
  readonly id: string;
  readonly bytes: Buffer;
}

export function newKey(): StorageKey {
  return keyOf(randomBytes(keyBytes));
}

export function keyOf(bytes: Buffer): StorageKey {
  return { id: createHash('sha256').update('quarterdeck storage key\n').update(bytes).digest('hex').slice(0, 16), bytes };
}

/**
 * Seals values with AES-256-GCM: under a nonce of its own each, bound to the place where it is stored, so that nobody
 * can move one to another. It seals with the first key and opens with any.
 */
export class SecretBox {
  private readonly keys: ReadonlyMap<string, StorageKey>;
  readonly current: StorageKey;

  constructor(current: StorageKey, previous: readonly StorageKey[] = []) {
    this.current = current;
    this.keys = new Map([...previous, current].map((key) => [key.id, key]));
  }

  /** `v1.KEY_ID.BASE64URL(nonce, tag, content)`. `place` is what the value must stay with. */
  seal(value: string, place: string): string {
    const nonce = randomBytes(nonceBytes);
    const { id, bytes } = this.current;
    const cipher = createCipheriv(algorithm, bytes, nonce).setAAD(boundTo(id, place));
    const content = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return [version, id, Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url')].join('.');
  }

  /** Throws STORAGE_UNAVAILABLE where it was sealed with a key that is not known here, or was changed or moved. */
  open(sealed: string, place: string): string {
    const [kind, id = '', text = ''] = sealed.split('.');
    const key = this.keys.get(id);
    if (kind !== version || key === undefined) throw refusal(`was encrypted with the key ${id}, which is not here`);
    const content = Buffer.from(text, 'base64url');
    try {
      const decipher = createDecipheriv(algorithm, key.bytes, content.subarray(0, nonceBytes)).setAAD(boundTo(id, place));
      decipher.setAuthTag(content.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(content.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw refusal('was changed or moved since it was encrypted', cause);
    }
  }

  /** Whether it is sealed with the key that seals now. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${version}.${this.current.id}.`);
  }
}

function boundTo(keyId: string, place: string): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, place]), 'utf8');
}

function refusal(what: string, cause?: unknown): AppError {
  return new AppError('STORAGE_UNAVAILABLE', `A stored credential ${what}.`, {
    hint: 'Give the key back in QUARTERDECK_KEY_PREVIOUS or its file, or enter the credential again.',
    details: { fault: 'key' },
    cause,
  });
}
