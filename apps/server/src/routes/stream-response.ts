import { Readable } from 'node:stream';
import type { RouteDescriptor } from '@quarterdeck/contract';
import type { StreamedAnswer } from './route-handler.ts';

/** Sends chunks as they come, as slowly as the reader takes them; ends them when the reader goes away. */
export function streamResponse({ chunks, fileName }: StreamedAnswer, contentType: NonNullable<RouteDescriptor['streams']>, onEnd: () => void): Response {
  const source = Readable.from(bytesOf(chunks), { objectMode: false });
  source.once('close', onEnd);
  const body = Readable.toWeb(source);
  const saved = fileName === undefined ? {} : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` };
  const charset = contentType === 'application/octet-stream' ? '' : '; charset=utf-8';
  return new Response(body, {
    headers: { 'content-type': `${contentType}${charset}`, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...saved },
  });
}

async function* bytesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}
