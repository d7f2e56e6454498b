import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const messageSchema = z.object({ id: z.number().optional(), result: z.unknown(), error: z.object({ message: z.string() }).optional() });
const answerSchema = z.object({ content: z.array(z.object({ text: z.string().default('') })) });

/** The Model Context Protocol of 2025 over a pipe: as much of it as it takes to call tools. */
export class LineClient {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private calls = 0;

  constructor(child: ChildProcess) {
    this.child = child;
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => this.take(line));
  }

  async open(): Promise<void> {
    await this.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '0' } });
    this.write({ method: 'notifications/initialized' });
  }

  /** What a model would read of an answer, also of one that failed. */
  async call(name: string, args: object): Promise<string> {
    const { content } = answerSchema.parse(await this.request('tools/call', { name, arguments: args }));
    return content.map(({ text }) => text).join('\n');
  }

  private request(method: string, params: object): Promise<unknown> {
    this.calls += 1;
    const id = this.calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.waiting.set(id, { resolve, reject });
    this.write({ id, method, params });
    return promise;
  }

  private write(message: object): void {
    this.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  private take(line: string): void {
    if (!line.startsWith('{')) return; // What a wrapper says of its own.
    const { id = 0, result, error } = messageSchema.parse(JSON.parse(line));
    if (error === undefined) this.waiting.get(id)?.resolve(result);
    else this.waiting.get(id)?.reject(new Error(error.message));
    this.waiting.delete(id);
  }
}
