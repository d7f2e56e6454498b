import { AppError, type ShellQuery, shellChannels, type TicketRequest } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { ShellConnection, type ShellSocket, type ShellState } from './shell-connection.ts';
import { commandOf } from './shell-subject.ts';

const query: ShellQuery = { cluster: 'dev', namespace: 'shop', pod: 'api-0', command: ['sh', '-c', 'a b'], tty: 'true' };

/** A shell whose server is the test. */
async function open(refusal?: AppError) {
  const [sent, states, shown]: [Uint8Array[], ShellState[], string[]] = [[], [], []];
  const asked: { ticket?: TicketRequest; address?: string; protocols?: string[]; closed?: boolean } = {};
  const takes: (() => void)[] = [];
  const socket: ShellSocket = { send: (message) => sent.push(message), close: () => Object.assign(asked, { closed: true }), onmessage: null, onclose: null };
  const reach = {
    async ticket(ticket: TicketRequest) {
      asked.ticket = ticket;
      if (refusal !== undefined) throw refusal;
      return 't1';
    },
    openSocket(address: string, protocols: string[]) {
      Object.assign(asked, { address, protocols });
      return socket;
    },
    words: () => en.shells.connection,
  };
  const connection = new ShellConnection(reach, 'exec', query, {
    onState: (state) => states.push(state),
    onOutput(bytes, taken) {
      shown.push(new TextDecoder().decode(bytes));
      takes.push(taken);
    },
  });
  await new Promise((resolve) => setTimeout(resolve));
  const tell = (channel: number, text: string) => {
    const data = new Uint8Array([channel, ...new TextEncoder().encode(text)]).buffer;
    socket.onmessage?.(new MessageEvent('message', { data }));
  };
  const texts = () => sent.map((message) => [message[0], new TextDecoder().decode(message.subarray(1))]);
  const start = () => tell(shellChannels.status, JSON.stringify({ state: 'started', container: 'main', tty: true, stdin: true }));
  return { connection, socket, asked, states, shown, takes, tell, texts, start };
}

describe('a shell', () => {
  it('asks for a ticket for exactly the socket that it opens', async () => {
    const { asked } = await open();
    expect(asked.ticket).toEqual({ purpose: 'exec', shell: query });
    expect(asked.address).toBe('/api/pods/exec?cluster=dev&namespace=shop&pod=api-0&tty=true&command=sh&command=-c&command=a+b');
    expect(asked.protocols).toContain('quarterdeck.ticket.t1');
  });

  it('says nothing before it has started, and from then on what it has shown', async () => {
    const { connection, start, texts, tell, shown, takes } = await open();
    connection.write(new TextEncoder().encode('too early'));
    expect(texts()).toEqual([]);
    start();
    connection.resize(80, 24);
    connection.write(new TextEncoder().encode('ls\r'));
    tell(shellChannels.stdout, 'x'.repeat(100_000));
    expect(shown[0]).toHaveLength(100_000);
    takes[0]?.();
    expect(texts()).toEqual([
      [shellChannels.taken, '{"bytes":0}'],
      [shellChannels.resize, '{"columns":80,"rows":24}'],
      [shellChannels.stdin, 'ls\r'],
      [shellChannels.taken, '{"bytes":100000}'],
    ]);
  });

  it('tells its end apart from a connection that broke off, and from one that never was', async () => {
    const ended = await open();
    ended.start();
    ended.tell(shellChannels.status, JSON.stringify({ state: 'ended', exitCode: 137, reason: 'killed' }));
    ended.socket.onclose?.(new CloseEvent('close'));
    expect(ended.states.at(-1)).toEqual({ phase: 'ended', exitCode: 137, reason: 'killed' });

    const broken = await open();
    broken.start();
    broken.socket.onclose?.(new CloseEvent('close'));
    expect(broken.states.at(-1)).toMatchObject({ phase: 'failed', error: { code: 'CLUSTER_UNREACHABLE' } });

    const idle = await open();
    idle.start();
    idle.socket.onclose?.(new CloseEvent('close', { reason: 'Nobody used this shell for an hour.' }));
    expect(idle.states.at(-1)).toMatchObject({ error: { message: 'Nobody used this shell for an hour.' } });

    const refused = await open(new AppError('FORBIDDEN', 'You may not.'));
    expect(refused.states).toMatchObject([{ phase: 'failed', error: { code: 'FORBIDDEN', message: 'You may not.' } }]);
  });

  it('tells nobody anything once it is closed', async () => {
    const { connection, start, states, shown, tell, asked } = await open();
    connection.close();
    start();
    tell(shellChannels.stdout, 'late');
    expect({ states, shown, closed: asked.closed }).toEqual({ states: [], shown: [], closed: true });
  });
});

describe('commandOf', () => {
  it('takes what was typed apart at blanks, and a shell where nothing was', () => {
    expect(commandOf({ mode: 'exec', program: ' /busybox/sh  -l ' })).toEqual(['/busybox/sh', '-l']);
    expect(commandOf({ mode: 'exec' })[0]).toBe('sh');
    expect(commandOf({ mode: 'attach', program: 'bash' })).toEqual([]);
  });
});
