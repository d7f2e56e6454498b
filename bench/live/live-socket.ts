import { once } from 'node:events';
import { type ClientFrameCall, livePath, type ServerFrame, serverFrameSchema } from '@quarterdeck/contract';

/** A client on the workbench's live socket. */
export class LiveSocket {
  private readonly socket: WebSocket;
  private readonly waiting = new Set<(frame: ServerFrame) => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const frame = serverFrameSchema.parse(JSON.parse(String(data)));
      for (const tell of [...this.waiting]) tell(frame);
    });
  }

  /** `url` is what the server printed, with the launch token. */
  static async open(url: string): Promise<LiveSocket> {
    const { host, hash } = new URL(url);
    const socket = new WebSocket(`ws://${host}${livePath}`, { headers: { authorization: `Bearer ${new URLSearchParams(hash.slice(1)).get('token')}` } });
    await once(socket, 'open', { signal: AbortSignal.timeout(30_000) });
    return new LiveSocket(socket);
  }

  send(frame: ClientFrameCall): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** The next frame that `pick` gives something for, and the milliseconds until then. Rejects when the server refuses or the time is over. */
  next<T>(pick: (frame: ServerFrame) => T | null, timeoutMs = 120_000): Promise<{ value: T; ms: number }> {
    const from = performance.now();
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(tell);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`The server did not send what was waited for within ${timeoutMs} ms.`));
      }, timeoutMs);
      const tell = (frame: ServerFrame) => {
        const value = pick(frame);
        if (value === null && frame.type !== 'failed') return;
        end();
        if (value !== null) resolve({ value, ms: performance.now() - from });
        else if (frame.type === 'failed') reject(new Error(`The server refused: ${frame.error.error}`));
      };
      this.waiting.add(tell);
    });
  }

  close(): void {
    this.socket.close();
  }
}
