import { PassThrough } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod';
import type { Actor } from '../gate/decide.ts';
import { createMcp } from '../mcp/mcp-server.ts';
import type { Services } from '../routes/services.ts';

const messageSchema = z.object({
  /** Left out in what is no answer. */
  id: z.number().optional(),
  result: z.record(z.string(), z.unknown()).default({}),
  error: z.object({ message: z.string() }).optional(),
});
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
  const serverFor = createMcp(services);
  const server = serveStdio(() => serverFor({ agent: actor, holder: actor, person: null, workbench: null }), {
    transport: new StdioServerTransport(input, output),
  });
  const write = (message: object) => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const answers = readAnswers(output);
  let ids = 0;
  const request = (method: string, params: unknown, signal?: AbortSignal): Promise<Record<string, unknown>> => {
    const id = ++ids;
    return new Promise((resolve, reject) => {
      answers.set(id, { resolve, reject });
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

interface Waiting {
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

/** Whoever waits for the answer of a number. */
function readAnswers(output: PassThrough): Map<number, Waiting> {
  const waiting = new Map<number, Waiting>();
  let rest = '';
  output.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const { id = 0, result, error } = messageSchema.parse(JSON.parse(line));
      if (error === undefined) waiting.get(id)?.resolve(result);
      else waiting.get(id)?.reject(new Error(error.message));
      waiting.delete(id);
    }
  });
  return waiting;
}
