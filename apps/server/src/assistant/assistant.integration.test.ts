import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedSchema, conversationDetailSchema, turnFrameSchema } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const patient = { timeout: 60_000, interval: 200 };

/** A model on loopback that begins an answer and never ends it. */
async function slowModel(): Promise<{ server: Server; baseUrl: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (request.method === 'POST') asked.push(body);
    begin(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, asked, baseUrl: `http://127.0.0.1:${portOf(server)}/v1` };
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of ['Half ', 'an answer ', 'and then ']) {
    response.write(
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'one', choices: [{ index: 0, delta: { content } }] })}\n\n`,
    );
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Workbench {
  child: ChildProcess;
  url: URL;
}

async function start(stateDirectory: string): Promise<Workbench> {
  const env = { ...process.env, KUBECONFIG: kubeconfig, PORT: '0', QUARTERDECK_STATE: stateDirectory };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await vi.waitFor(() => expect(printed).toContain('\n'), patient);
  return { child, url: new URL(printed.trim()) };
}

describe.skipIf(kubeconfig === undefined)('an answer that is being written', () => {
  let model: Awaited<ReturnType<typeof slowModel>>;
  let workbench: Workbench;
  let stateDirectory: string;

  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'quarterdeck-'));
    model = await slowModel();
    const settings = { use: ['slow/one'], providers: { slow: { kind: 'openai-compatible', baseUrl: model.baseUrl } } };
    await writeFile(join(stateDirectory, 'models.json'), JSON.stringify(settings));
    workbench = await start(stateDirectory);
  });
  afterAll(async () => {
    workbench.child.kill('SIGKILL');
    model.server.closeAllConnections();
    model.server.close();
  });

  const headers = () => ({ authorization: `Bearer ${new URLSearchParams(workbench.url.hash.slice(1)).get('token')}`, 'content-type': 'application/json' });
  const get = (path: string, signal?: AbortSignal) =>
    fetch(new URL(path, workbench.url.origin), { headers: headers(), ...(signal === undefined ? {} : { signal }) });
  const post = (path: string, body: object) => fetch(new URL(path, workbench.url.origin), { method: 'POST', headers: headers(), body: JSON.stringify(body) });

  async function untilWritten(id: string): Promise<number> {
    const reader = (await get(`/api/ai/messages/${id}/events`)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('and then')) {
      const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
      if (done) throw new Error(`The answer ended: ${text}`);
      text += value ?? '';
    }
    await reader?.cancel();
    const last = text.trim().split('\n').at(-1) ?? '';
    return turnFrameSchema.parse(JSON.parse(last)).offset;
  }

  it('goes on when the page is closed, is followed again from where it was left, and stops when told', async () => {
    const { answer, conversation } = askedSchema.parse(await (await post('/api/ai/chat', { question: 'compose a story about the sea' })).json());
    const offset = await untilWritten(answer.id);
    expect(conversationDetailSchema.parse(await (await get(`/api/ai/conversations/${conversation.id}`)).json()).messages.at(-1)?.state).toBe('writing');
    const rest = get(`/api/ai/messages/${answer.id}/events?from=${offset + 1}`).then((response) => response.text());
    await post(`/api/ai/messages/${answer.id}/stop`, {});
    expect(await rest).toMatch(/"type":"finished","state":"stopped"/);
    expect(model.asked.at(-1)).toContain('compose a story');
  });

  it('is told as cut off after the workbench was killed, with what there was of it', async () => {
    const { answer, conversation } = askedSchema.parse(await (await post('/api/ai/chat', { question: 'compose a story about the hills' })).json());
    await untilWritten(answer.id);
    await new Promise((resolve) => setTimeout(resolve, 800));
    const exit = once(workbench.child, 'exit');
    workbench.child.kill('SIGKILL');
    await exit;
    workbench = await start(stateDirectory);
    // Until its writer has given no sign of life for a while, it might still be written elsewhere.
    const last = async () => conversationDetailSchema.parse(await (await get(`/api/ai/conversations/${conversation.id}`)).json()).messages.at(-1);
    const cut = { id: answer.id, state: 'cut', text: expect.stringContaining('Half an answer') };
    await vi.waitFor(async () => expect(await last()).toMatchObject(cut), { timeout: 60_000, interval: 1_000 });
    const events = await (await get(`/api/ai/messages/${answer.id}/events`)).text();
    expect(events).toContain('The workbench was stopped');
  });
});
