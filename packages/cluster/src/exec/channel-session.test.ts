import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import type { ApiSocket } from '../transport/transport.ts';
import { ChannelSession } from './channel-session.ts';

const place = { namespace: 'shop', pod: 'web', container: 'main', command: ['sh'] };
const status = (body: object) => Buffer.concat([Buffer.of(3), Buffer.from(JSON.stringify(body))]);
const success = status({ status: 'Success' });
const output = (channel: number, text: string) => Buffer.concat([Buffer.of(channel), Buffer.from(text)]);

/** A server that has said all it says, and counts what was taken of it. */
class SocketOf implements ApiSocket {
  readonly protocol: string;
  readonly sent: Uint8Array[] = [];
  taken = 0;
  closed = false;
  private readonly said: Iterable<Uint8Array>;

  constructor(said: Iterable<Uint8Array>, protocol = 'v5.channel.k8s.io') {
    this.said = said;
    this.protocol = protocol;
  }

  get messages(): AsyncIterable<Uint8Array> {
    return this.read();
  }

  async send(message: Uint8Array): Promise<void> {
    this.sent.push(message);
  }

  close(): void {
    this.closed = true;
  }

  private async *read(): AsyncGenerator<Uint8Array> {
    for (const message of this.said) {
      this.taken += 1;
      yield message;
    }
  }
}

function sessionOf(socket: ApiSocket, { tty = false, signal = new AbortController().signal } = {}): ChannelSession {
  return new ChannelSession(socket, { place, stdin: true, tty, signal });
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('what comes', () => {
  it('is taken apart, with the status last', async () => {
    const session = sessionOf(new SocketOf([Buffer.of(1), output(1, 'a'), output(2, 'b'), output(1, 'c'), success]));
    expect(await Promise.all([textOf(session.stdout), textOf(session.stderr), session.status])).toEqual(['ac', 'b', { exitCode: 0, reason: null }]);
  });

  it('waits on the wire while nobody reads, and goes on when it is read or dropped', async () => {
    const chunk = output(1, 'x'.repeat(32 * 1024));
    const socket = new SocketOf([...Array.from({ length: 3200 }, () => chunk), output(2, 'done'), success]);
    const session = sessionOf(socket);
    await settle();
    expect(socket.taken).toBeLessThan(40);
    for await (const _first of session.stdout) break;
    expect(await textOf(session.stderr)).toBe('done');
    expect(await session.status).toMatchObject({ exitCode: 0 });
    expect(socket.taken).toBe(3202);
  });
});

describe('how it ended', () => {
  it('is the exit code of the program', async () => {
    const causes = [{ reason: 'ExitCode', message: '137' }];
    const socket = new SocketOf([status({ status: 'Failure', reason: 'NonZeroExitCode', message: 'exit code 137', details: { causes } })]);
    expect(await sessionOf(socket).status).toEqual({ exitCode: 137, reason: 'exit code 137' });
    expect(socket.closed).toBe(true);
  });

  it.each([
    ['OCI runtime exec failed: exec: "sh": executable file not found in $PATH: unknown', 'NOT_FOUND', 'has no program sh'],
    ['exec failed: exec: "/etc": permission denied: unknown', 'VALIDATION_ERROR', 'may not run sh'],
    ['container not found ("main")', 'CONFLICT', 'does not run'],
    ['Internal error occurred: something else', 'CLUSTER_ERROR', 'could not run sh: something else'],
  ])('tells what kept it from starting: %s', async (message, code, words) => {
    const session = sessionOf(new SocketOf([status({ status: 'Failure', reason: 'InternalError', message })]));
    await expect(session.status).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('is an error where nobody said so, and one of ours where we closed it', async () => {
    const broken = sessionOf(new SocketOf([output(1, 'half')]));
    expect(await textOf(broken.stdout)).toBe('half');
    await expect(broken.status).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' });

    const closing = new AbortController();
    const full = sessionOf(new SocketOf(Array.from({ length: 1000 }, () => output(1, 'x'.repeat(32 * 1024)))), { signal: closing.signal });
    await settle();
    closing.abort();
    await expect(full.status).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('what is sent', () => {
  it('goes in pieces on the channel of the input, and v5 ends it', async () => {
    const socket = new SocketOf([], 'v5.channel.k8s.io');
    const session = sessionOf(socket, { tty: true });
    await session.write(Buffer.alloc(300 * 1024, 7));
    await session.resize(80, 24);
    await session.end();
    expect(socket.sent.slice(0, -2).every((message) => message[0] === 0)).toBe(true);
    expect(socket.sent.slice(0, -2).reduce((sum, message) => sum + message.byteLength - 1, 0)).toBe(300 * 1024);
    expect(socket.sent.slice(-2).map((message) => Buffer.from(message).toString('latin1'))).toEqual(['\x04{"Width":80,"Height":24}', '\xff\x00']);
  });

  it('can not be ended under v4', async () => {
    const session = sessionOf(new SocketOf([], 'v4.channel.k8s.io'));
    await expect(session.end()).rejects.toSatisfy((thrown) => thrown instanceof AppError && thrown.code === 'UNSUPPORTED');
  });
});
