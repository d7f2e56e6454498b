import type { ApiSocket, ByteStream, LineStream, RelayResponse, Transport } from '../transport/transport.ts';

/** A transport of which a test answers the calls that it expects; every other one fails. */
export class RefusingTransport implements Transport {
  json(..._call: Parameters<Transport['json']>): Promise<unknown> {
    return refuse('json');
  }

  text(): Promise<string> {
    return refuse('text');
  }

  stream(): Promise<LineStream> {
    return refuse('stream');
  }

  bytes(..._call: Parameters<Transport['bytes']>): Promise<ByteStream> {
    return refuse('bytes');
  }

  socket(..._call: Parameters<Transport['socket']>): Promise<ApiSocket> {
    return refuse('socket');
  }

  relay(): Promise<RelayResponse> {
    return refuse('relay');
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function refuse(call: string): Promise<never> {
  return Promise.reject(new Error(`The test expects no ${call} call.`));
}
