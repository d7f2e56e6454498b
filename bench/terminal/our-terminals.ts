import { once } from 'node:events';
import {
  decodeTerminalServerFrame,
  encodeTerminalClientFrame,
  socketProtocols,
  type TerminalClientFrame,
  terminalHostSchema,
  terminalProtocol,
  terminalSessionSchema,
  terminalSocketPath,
  ticketSchema,
} from '@quarterdeck/contract';
import type { MeasuredTerminal, TerminalSubject } from './measured-terminal.ts';
import { ParsingScreen } from './parsing-screen.ts';

/** Shells over the workbench that printed this URL. */
export class OurTerminals implements TerminalSubject {
  private readonly origin: string;
  private readonly host: string;
  private readonly token: string;
  private readonly server: number;
  readonly sessions: string[] = [];
  /** One for all terminals, as a page has it. */
  private socket: Promise<WebSocket> | null = null;

  constructor(url: string, server: number) {
    const { host, hash, origin } = new URL(url);
    this.origin = origin;
    this.host = host;
    this.token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
    this.server = server;
  }

  async pids(): Promise<number[]> {
    return [this.server, terminalHostSchema.parse(await this.call('GET', '/api/terminals/host')).pid];
  }

  async open(): Promise<MeasuredTerminal> {
    const session = terminalSessionSchema.parse(await this.call('POST', '/api/terminals', { columns: 120, rows: 30, shell: '/bin/sh' }));
    this.sessions.push(session.id);
    this.socket ??= this.connect();
    return shown(await this.socket, session.number);
  }

  /** Ends what was opened, and the host. */
  async end(): Promise<void> {
    const [, host] = await this.pids();
    await Promise.all(this.sessions.map((id) => this.call('DELETE', `/api/terminals/${id}`)));
    if (host !== undefined) process.kill(host, 'SIGTERM');
  }

  private async connect(): Promise<WebSocket> {
    const { ticket } = ticketSchema.parse(await this.call('POST', '/api/tickets', { purpose: 'terminal' }));
    const options = { protocols: socketProtocols(ticket, terminalProtocol), headers: { authorization: `Bearer ${this.token}` } };
    const socket = new WebSocket(`ws://${this.host}${terminalSocketPath}`, options);
    socket.binaryType = 'arraybuffer';
    await once(socket, 'open', { signal: AbortSignal.timeout(30_000) });
    socket.send(encodeTerminalClientFrame({ type: 'control', control: { type: 'hello', clientId: 'the-bench-itself' } }));
    return socket;
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.origin}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }
}

function shown(socket: WebSocket, session: number): MeasuredTerminal {
  const send = (frame: TerminalClientFrame) => socket.send(encodeTerminalClientFrame(frame));
  const screen = new ParsingScreen(120, 30);
  let sequence = 0;
  const terminal: MeasuredTerminal = {
    onOutput: null,
    onParsed: null,
    type: (text) => send({ type: 'input', session, sequence: ++sequence, bytes: Buffer.from(text) }),
    close: () => send({ type: 'control', control: { type: 'detach', session } }),
  };
  socket.addEventListener('message', ({ data }) => {
    const frame = decodeTerminalServerFrame(new Uint8Array(data));
    if (frame.type === 'event' || frame.session !== session) return;
    const text = Buffer.from(frame.bytes).toString('latin1');
    terminal.onOutput?.(text);
    screen.write(frame.bytes, () => {
      if (frame.type === 'output') send({ type: 'acknowledge', session, offset: frame.offset + frame.bytes.byteLength });
      terminal.onParsed?.(text);
    });
  });
  send({ type: 'control', control: { type: 'attach', session, haveOffset: null, lines: 0 } });
  send({ type: 'control', control: { type: 'ready', session } });
  return terminal;
}
