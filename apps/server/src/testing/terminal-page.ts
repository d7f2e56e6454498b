import { randomUUID } from 'node:crypto';
import {
  decodeTerminalServerFrame,
  encodeTerminalClientFrame,
  socketProtocols,
  type TerminalClientFrame,
  type TerminalServerFrame,
  type TerminalSession,
  terminalProtocol,
  terminalSocketPath,
  ticketSchema,
} from '@quarterdeck/contract';

/** Where a workbench answers, and what lets in. */
export interface Workbench {
  port: number;
  token: string;
}

export async function callWorkbench({ port, token }: Workbench, method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

export async function terminalTicket(workbench: Workbench): Promise<string> {
  return ticketSchema.parse((await callWorkbench(workbench, 'POST', '/api/tickets', { purpose: 'terminal' })).body).ticket;
}

/** What opens a WebSocket: that of a browser can't send headers, and a program has to. */
export type OpenSocket = (url: string, protocols: string[], headers: Record<string, string>) => PageSocket;
export interface PageSocket {
  on(event: 'message', listener: (data: Buffer) => void): unknown;
  on(event: 'close', listener: (code: number) => void): unknown;
  once(event: 'open', listener: () => void): unknown;
  once(event: 'error', listener: (thrown: Error) => void): unknown;
  send(message: Uint8Array): void;
  close(): void;
  terminate(): void;
}

/** A page without a browser: it takes what comes, and says so. */
export class TerminalPage {
  readonly frames: TerminalServerFrame[] = [];
  readonly socket: PageSocket;
  /** Output as it came; the text of a snapshot is in it as well. */
  text = '';
  offset = 0;
  onOutput: ((bytes: Uint8Array, offset: number) => void) | null = null;
  private sequence = 0;

  constructor(socket: PageSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.take(decodeTerminalServerFrame(data)));
  }

  static async open(workbench: Workbench, openSocket: OpenSocket, client: string = randomUUID()): Promise<TerminalPage> {
    const url = `ws://127.0.0.1:${workbench.port}${terminalSocketPath}`;
    const socket = openSocket(url, socketProtocols(await terminalTicket(workbench), terminalProtocol), { authorization: `Bearer ${workbench.token}` });
    const page = new TerminalPage(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    page.send({ type: 'control', control: { type: 'hello', clientId: client } });
    return page;
  }

  send(frame: TerminalClientFrame): void {
    this.socket.send(encodeTerminalClientFrame(frame));
  }

  attach({ number }: Pick<TerminalSession, 'number'>, haveOffset: number | null = null): void {
    if (haveOffset !== null) this.offset = haveOffset;
    this.send({ type: 'control', control: { type: 'attach', session: number, haveOffset, lines: 500 } });
    this.send({ type: 'control', control: { type: 'ready', session: number } });
  }

  type({ number }: Pick<TerminalSession, 'number'>, text: string): void {
    this.sequence += 1;
    this.send({ type: 'input', session: number, sequence: this.sequence, bytes: Buffer.from(text) });
  }

  events(type: string) {
    return this.frames.flatMap((frame) => (frame.type === 'event' && frame.event.type === type ? [frame.event] : []));
  }

  private take(frame: TerminalServerFrame): void {
    if (frame.type === 'output' && this.onOutput !== null) this.onOutput(frame.bytes, frame.offset);
    else this.keep(frame);
    if (frame.type === 'event') return;
    this.offset = frame.type === 'output' ? frame.offset + frame.bytes.byteLength : frame.offset;
    this.send({ type: 'acknowledge', session: frame.session, offset: this.offset });
  }

  private keep(frame: TerminalServerFrame): void {
    this.frames.push(frame);
    if (frame.type !== 'event') this.text += Buffer.from(frame.bytes).toString();
  }
}
