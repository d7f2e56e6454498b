import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@quarterdeck/contract';
import type { Sealing } from '../session/session-part.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a nonce of its own for each piece: nonce, tag, content. Null: nothing is sealed. */
export function sealingOf(key: Uint8Array | null): Sealing {
  if (key === null) return { seal: (bytes) => bytes, open: (bytes) => bytes };
  return {
    seal(bytes) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      const content = Buffer.concat([cipher.update(bytes), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), content]);
    },
    open(bytes) {
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
      } catch (cause) {
        throw new AppError('VALIDATION_ERROR', 'What was kept of a terminal can not be opened with the key of this workbench.', { cause });
      }
    },
  };
}
