import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface PlayedAnswer {
  /** In the pieces in which they come. */
  pieces?: readonly string[];
  thoughts?: readonly string[];
  /** Between two pieces. Milliseconds. */
  pause?: number;
  /** Waited for before the last piece. */
  hold?: Promise<void>;
  call?: { name: string; input: object };
}

/** What it says to one request: `text` is the last message, as it was sent. */
export type Play = (text: string, request: { role: string; turn: number }) => PlayedAnswer;

export interface FakeModel extends AsyncDisposable {
  /** Where the settings stand that name it; a workbench that is started on it asks this model. */
  stateDirectory: string;
  /** As a person would set it up: `http://127.0.0.1:PORT/v1`. */
  baseUrl: string;
  /** Bodies of requests, as they came. */
  asked: string[];
  play(next: Play): void;
}

/** A program that speaks Chat Completions on this machine, as llama.cpp does, and answers as the test says. */
/** `key`: whoever does not bring it is sent away; left out, anybody is answered. */
export async function startFakeModel(first: Play, { key, models = ['played'] }: { key?: string; models?: readonly string[] } = {}): Promise<FakeModel> {
  let play = first;
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.setHeader('content-type', 'application/json');
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) return void response.writeHead(401).end('{"error":{"message":"no such key"}}');
    if (request.method === 'GET') return void response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) }));
    asked.push(body);
    const messages: { role: string; content: unknown }[] = JSON.parse(body).messages;
    const last = messages.at(-1) ?? { role: 'user', content: '' };
    const turn = messages.filter(({ role }) => role === 'tool').length;
    await send(response, play(textOf(last.content), { role: last.role, turn }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stateDirectory = await mkdtemp(path.join(tmpdir(), 'quarterdeck-model-'));
  const settings = { version: 1, use: ['played/played'], providers: { played: { name: 'Played', baseUrl: `http://127.0.0.1:${port}/v1`, local: true } } };
  await writeFile(path.join(stateDirectory, 'models.json'), JSON.stringify(settings));
  return {
    stateDirectory,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    play: (next) => {
      play = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('\n') : '';
}

async function send(response: ServerResponse, { pieces = [], thoughts = [], pause = 0, hold, call }: PlayedAnswer): Promise<void> {
  response.setHeader('content-type', 'text/event-stream');
  const chunk = (delta: object, finish_reason: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'played', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
    );
  chunk({ role: 'assistant', content: '' });
  for (const reasoning_content of thoughts) chunk({ reasoning_content });
  for (const [index, content] of pieces.entries()) {
    if (index === pieces.length - 1) await hold;
    if (response.destroyed) return;
    chunk({ content });
    if (pause > 0) await delay(pause);
  }
  if (call !== undefined) {
    const tool = { index: 0, id: `call_${Math.random()}`, type: 'function', function: { name: call.name, arguments: JSON.stringify(call.input) } };
    chunk({ tool_calls: [tool] });
  }
  chunk({}, call === undefined ? 'stop' : 'tool_calls');
  const usage = { prompt_tokens: 900, completion_tokens: 40, total_tokens: 940 };
  response.end(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'played', choices: [], usage })}\n\ndata: [DONE]\n\n`);
}
