import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { AppError } from '@quarterdeck/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RefusingTransport } from '../testing/refusing-transport.ts';
import type { ApiSocket, SocketRequest } from '../transport/transport.ts';
import type { Backend, Backends } from './backends.ts';
import { carryConnection } from './forward-connection.ts';
import { ForwardCounters } from './forward-counters.ts';

/** What a pod does with a connection: gets the bytes of the client (first none), gives messages as the node sends them, and `end` to close. */
type Program = (bytes: string) => readonly Uint8Array[];

const end = new Uint8Array();

const data = (...bytes: number[]) => Uint8Array.of(0, ...bytes);
const header = data(0x1f, 0x90);
const text = (value: string) => Uint8Array.from([0, ...Buffer.from(value)]);
const complaint = (value: string) => Uint8Array.from([1, 0x1f, 0x90, ...Buffer.from(value)]);

/** Pods behind a port-forward; a program of null is a pod that is gone. */
class Pods extends RefusingTransport implements Backends {
  readonly opened: string[] = [];
  private readonly programs: Readonly<Record<string, Program | null>>;

  constructor(programs: Readonly<Record<string, Program | null>>) {
    super();
    this.programs = programs;
  }

  ready(): Backend[] {
    return Object.keys(this.programs).map((pod) => ({ pod, port: 8080 }));
  }

  nextChange(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 10));
  }

  override async socket({ path }: SocketRequest): Promise<ApiSocket> {
    const pod = path.split('/').at(-2) ?? '';
    this.opened.push(pod);
    const program = this.programs[pod];
    if (program == null) throw new AppError('NOT_FOUND', 'The pod is gone.');
    return socketOf(program);
  }
}

function socketOf(program: Program): ApiSocket {
  const queue: Uint8Array[] = [];
  let ended = false;
  let news = Promise.withResolvers<void>();
  const answer = (messages: readonly Uint8Array[]) => {
    queue.push(...messages.filter((message) => message !== end));
    ended ||= messages.includes(end);
    news.resolve();
    news = Promise.withResolvers();
  };
  answer(program(''));
  async function* messages() {
    for (;;) {
      const next = queue.shift();
      if (next !== undefined) yield next;
      else if (ended) return;
      else await news.promise;
    }
  }
  return {
    protocol: 'v4.channel.k8s.io',
    messages: messages(),
    send: async (message) => answer(program(Buffer.from(message.subarray(1)).toString())),
    close: () => answer([end]),
  };
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Says something through a forward to these pods and gives back what comes. */
async function ask(programs: Readonly<Record<string, Program | null>>, said: string) {
  const pods = new Pods(programs);
  const counters = new ForwardCounters(Date.now);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const counter = counters.begin(1);
    const options = { api: pods, namespace: 'shop', remote: 8080, backends: pods, counters, counter, signal: new AbortController().signal };
    void carryConnection(socket, options);
  }).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
  socket.write(said);
  let heard = '';
  let broken = false;
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.on('error', () => {
    broken = true;
  });
  await new Promise((resolve) => socket.on('close', resolve));
  return { heard, broken, opened: pods.opened, counters };
}

describe('a forwarded connection', () => {
  it.each([
    ['whole', [data(0x1f, 0x90), text('hello')]],
    ['cut in two', [data(0x1f), data(0x90), text('hello')]],
    ['joined with data', [Uint8Array.of(0, 0x1f, 0x90, ...Buffer.from('hel')), text('lo')]],
    ['after nothing', [Uint8Array.of(0), data(0x1f), Uint8Array.of(0, 0x90, ...Buffer.from('hello'))]],
  ])('takes the header off that comes %s', async (_name, messages) => {
    const program: Program = (bytes) => (bytes === '' ? [...messages, end] : []);
    expect(await ask({ web: program }, 'x')).toMatchObject({ heard: 'hello', broken: false });
  });

  it('goes to the next pod where the first is gone, with all that was said', async () => {
    const { heard, opened, counters } = await ask({ gone: null, web: closesAfter('GET /') }, 'GET /');
    expect({ heard, opened }).toEqual({ heard: 'ok', opened: ['gone', 'web'] });
    expect(counters.stats()).toMatchObject({ totalConnections: 1, failedConnections: 0, bytesOut: 5, bytesIn: 2, pod: 'web', errors: [{ count: 1 }] });
  });

  it('is not repeated once the pod has answered', async () => {
    const half: Program = (bytes) => (bytes === '' ? [header, text('half an ans'), complaint('broken pipe'), end] : []);
    const { broken, opened, counters } = await ask({ first: half, second: closesAfter('x') }, 'x');
    expect({ broken, opened }).toEqual({ broken: true, opened: ['first'] });
    expect(counters.stats()).toMatchObject({ failedConnections: 1 });
  });

  it('says that nothing listens when all pods have said so', async () => {
    const refuses: Program = (bytes) => (bytes === '' ? [header, complaint('dial tcp4 127.0.0.1:8080: connect: connection refused'), end] : []);
    const { heard, opened, counters } = await ask({ a: refuses, b: refuses }, 'x');
    expect({ heard, opened }).toEqual({ heard: '', opened: ['a', 'b'] });
    expect(counters.stats().errors[0]?.message).toContain('Nothing listens on port 8080');
    await vi.waitFor(() => expect(counters.stats().openConnections).toBe(0));
  });
});

/** Waits for these bytes, answers and closes. */
function closesAfter(wanted: string): Program {
  let heard = '';
  return (bytes) => {
    heard += bytes;
    if (bytes === '') return [header];
    return heard === wanted ? [text('ok'), end] : [];
  };
}
