import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type AskedCluster, type Assistant, createAssistantHandler, type ModelProvider } from '@quarterdeck/assistant';
import { type AskedFocus, askedSchema } from '@quarterdeck/contract';
import { openAsked, person } from './whole-turns.ts';

/** Until the code is compiled. */
const warmUp = 5;

/** Milliseconds from the first word of a provider until it is written to the socket of who follows the answer. */
export async function firstTokens(cluster: AskedCluster, focus: AskedFocus, times: number, countTokens: (text: string) => number): Promise<number[]> {
  const said: number[] = [];
  const written: number[] = [];
  const { assistant, close } = await openAsked(
    cluster,
    talking(() => said.push(performance.now())),
    countTokens,
  );
  const server = await serve(assistant, () => written.push(performance.now()));
  try {
    for (let time = 0; time < warmUp + times; time++) await follow(server, `compose a verse, the ${time}. one`, focus);
  } finally {
    server.closeAllConnections();
    server.close();
    await close();
  }
  if (said.length !== written.length) throw new Error(`${said.length} answers began, and ${written.length} of them arrived.`);
  return said.map((at, index) => (written[index] ?? 0) - at).slice(warmUp);
}

/** A model that pauses after its first word: whoever holds it back until more comes is seen to. */
function talking(begins: () => void): ModelProvider {
  return {
    id: 'talking',
    name: 'Talking',
    local: true,
    models: async () => [],
    testConnection: async () => ({ ok: true, message: 'ok', latencyMs: 0 }),
    async *stream({ model }) {
      // So that the headers and what the engine says are on their way already.
      await wait(20);
      begins();
      yield { type: 'text', text: 'The ' };
      await wait(50);
      yield { type: 'text', text: 'image is not there.' };
      yield { type: 'finish', reason: 'stop', usage: { input: 10, cacheRead: 0, cacheWrite: 0, output: 5, reasoning: null }, model };
    },
  };
}

async function serve(assistant: Assistant, firstWord: () => void): Promise<Server> {
  const handle = createAssistantHandler({ assistant, authorize: () => person, newId: randomUUID });
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const init = { method: request.method ?? 'GET', ...(body === '' ? {} : { body }) };
    const answer = await handle(new Request(`http://127.0.0.1${request.url}`, init));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    let isFirst = true;
    for await (const chunk of answer.body ?? []) {
      response.write(chunk);
      if (!isFirst || !Buffer.from(chunk).includes('"type":"text"')) continue;
      isFirst = false;
      firstWord();
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function follow(server: Server, question: string, focus: AskedFocus): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen.');
  const at = `http://127.0.0.1:${address.port}/api/ai`;
  const asked = await fetch(`${at}/chat`, { method: 'POST', body: JSON.stringify({ question, focus }) });
  const { answer } = askedSchema.parse(await asked.json());
  await (await fetch(`${at}/messages/${answer.id}/events`)).text();
}
