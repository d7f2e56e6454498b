import { PassThrough } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';
import type { Services } from '../routes/services.ts';
import { createMcpServer } from '../tools/mcp-server.ts';

const answerSchema = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) });
const callSchema = z.object({ content: z.array(z.object({ text: z.string() })), isError: z.boolean().default(false) });

export interface McpClient {
  request(method: string, params: unknown): Promise<Record<string, unknown>>;
  /** What a tool answered: the text as it came. The server is told when `signal` gives the call up. */
  call(name: string, args: unknown, signal?: AbortSignal): Promise<{ isError: boolean; text: string }>;
  close(): Promise<void>;
}

/** A client that speaks the protocol line by line, as one on the other end of a pipe does. */
export async function connectMcp(services: Services, actor: Actor): Promise<McpClient> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const server = serveStdio(() => createMcpServer(services, actor), { transport: new StdioServerTransport(input, output) });
  const write = (message: object) => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const answers = readAnswers(output);
  let ids = 0;
  const request = (method: string, params: unknown, signal?: AbortSignal): Promise<Record<string, unknown>> => {
    const id = ++ids;
    return new Promise((resolve, reject) => {
      answers.set(id, resolve);
      signal?.addEventListener('abort', () => {
        write({ method: 'notifications/cancelled', params: { requestId: id } });
        reject(signal.reason);
      });
      write({ id, method, params });
    });
  };
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '0' } });
  write({ method: 'notifications/initialized' });
  return {
    request,
    async call(name, args, signal) {
      const { content, isError } = callSchema.parse(await request('tools/call', { name, arguments: args }, signal));
      return { isError, text: content.map(({ text }) => text).join('\n') };
    },
    close: () => server.close(),
  };
}

/** Whoever waits for the answer of a number. */
function readAnswers(output: PassThrough): Map<number, (result: Record<string, unknown>) => void> {
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  let rest = '';
  output.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { id, result } = answerSchema.parse(JSON.parse(line));
      waiting.get(id)?.(result);
      waiting.delete(id);
    }
  });
  return waiting;
}
