import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { isSocks, socksConnector } from './socks-connector.ts';

export interface TextRequest {
  url: string;
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** PEM; null trusts what the system trusts. */
  certificateAuthority: string | null;
  proxyUrl: string | null;
  signal: AbortSignal;
}

export interface TextResponse {
  status: number;
  /** At most 1 MiB; what is longer fails. */
  text: string;
}

/** One HTTP exchange with somebody who is not the API server. Rejects with whatever kept it from an answer. */
export type FetchText = (request: TextRequest) => Promise<TextResponse>;

const maxBytes = 1024 * 1024;
const timeoutMs = 30_000;

/** Redirects are not followed: what is sent may be a secret. */
export const fetchText: FetchText = async ({ url, method, headers = {}, body, certificateAuthority, proxyUrl, signal }) => {
  const dispatcher = createDispatcher(certificateAuthority, proxyUrl);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await request(url, { dispatcher, method, headers, body: body ?? null, signal: limit });
    return { status: response.statusCode, text: await readText(response) };
  } finally {
    await dispatcher.destroy();
  }
};

function createDispatcher(certificateAuthority: string | null, proxyUrl: string | null): Dispatcher {
  const tls = certificateAuthority === null ? {} : { ca: certificateAuthority };
  if (proxyUrl === null) return new Agent({ connect: tls });
  return isSocks(proxyUrl) ? new Agent({ connect: socksConnector(proxyUrl, tls, timeoutMs) }) : new ProxyAgent({ uri: proxyUrl, requestTls: tls });
}

async function readText({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error('the answer is larger than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
