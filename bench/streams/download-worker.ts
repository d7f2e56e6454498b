import { get } from 'node:http';
import { parentPort } from 'node:worker_threads';
import * as z from 'zod';
import { timed } from './compare.ts';

/** The program that uses a forwarded port, on a thread of its own: it must not take time from what forwards. */
const askSchema = z.object({ port: z.number(), file: z.string(), bytes: z.number() });
export type DownloadAsk = z.infer<typeof askSchema>;

/** Milliseconds, or why it failed. */
export const downloadAnswerSchema = z.union([z.number(), z.string()]);

parentPort?.on('message', (message) => {
  const ask = askSchema.parse(message);
  timed(() => download(ask)).then(
    (ms) => parentPort?.postMessage(ms),
    (thrown: unknown) => parentPort?.postMessage(thrown instanceof Error ? thrown.message : String(thrown)),
  );
});

/** One connection, one file. */
function download({ port, file, bytes }: DownloadAsk): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: `/${file}`, agent: false }, (response) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.byteLength;
      });
      response.on('error', reject);
      response.on('end', () => (read === bytes ? resolve() : reject(new Error(`${file} had ${read} bytes in place of ${bytes}.`))));
    });
    request.on('error', reject);
  });
}
