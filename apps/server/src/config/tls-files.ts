import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { AppError, toAppError } from '@quarterdeck/contract';
import type { Logger } from 'pino';

export interface TlsPair {
  cert: string;
  key: string;
}

/** Milliseconds between two looks: a renewed certificate need not be there at once. */
const lookEvery = 10_000;

/** A certificate and its key, of files in PEM. Throws VALIDATION_ERROR where they can't be read or do not belong together. */
export async function readTlsPair({ certificate, key }: { certificate: string; key: string }): Promise<TlsPair> {
  try {
    const pair = { cert: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'Give files in PEM that belong together: the certificate with those above it, and its key without a passphrase.';
    throw new AppError('VALIDATION_ERROR', `The TLS certificate ${certificate} can't be used: ${reason}`, { hint, cause });
  }
}

/**
 * Looks at the files again and again, and gives a pair that is another one. By their content: where a Secret is mounted, the
 * files are links that change as a whole. A pair that can't be used is told, and the old one goes on. Gives what ends it.
 */
export function followTlsPair(files: { certificate: string; key: string }, first: TlsPair, use: (pair: TlsPair) => void, log: Logger): () => void {
  let known = first;
  let broken = '';
  const look = async () => {
    try {
      const pair = await readTlsPair(files);
      if (pair.cert === known.cert && pair.key === known.key) return;
      known = pair;
      broken = '';
      use(pair);
      log.info({ file: files.certificate }, 'The TLS certificate was renewed.');
    } catch (thrown) {
      const { message } = toAppError(thrown);
      if (message !== broken) log.warn({ reason: message }, 'The renewed TLS certificate is not used; the old one goes on.');
      broken = message;
    }
  };
  const timer = setInterval(() => void look(), lookEvery).unref();
  return () => clearInterval(timer);
}
