import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '@quarterdeck/cluster';
import { afterEach, expect, it } from 'vitest';
import type { CommandContext } from '../context.ts';
import { runQd } from '../testing.ts';

const recordings = join(import.meta.dirname, '../../../../sandbox/scenarios');
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A model on this machine, and a person who chose it. `ends` is whether its answers come to an end. */
async function person({ ends }: { ends: boolean }) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    asked.push(body);
    const chunk = (delta: object, finish_reason: string | null) =>
      `data: ${JSON.stringify({ id: '1', created: 1, model: 'llama', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ content: 'The image is wrong.' }, null));
    if (ends) response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const state = await mkdtemp(join(tmpdir(), 'qd-ask-model-'));
  const house = { kind: 'openai-compatible', baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1` };
  await writeFile(join(state, 'models.json'), JSON.stringify({ use: ['house/llama'], providers: { house } }));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await rm(state, { recursive: true });
  });
  const environment = { QUARTERDECK_STATE: state, QUARTERDECK_KEY: Buffer.alloc(32, 1).toString('base64') };
  const qd = (scenario: string, args: string[], more: Partial<CommandContext> = {}) =>
    runQd(args, { environment, now: Date.now, openAccess: () => open(scenario), ...more });
  return { qd, asked };
}

/** A recorded cluster under the name of its scenario. */
async function open(scenario: string) {
  const access = await openRecording(join(recordings, scenario, 'recording.qdb.json.gz'));
  return Object.defineProperty(access, 'id', { value: scenario });
}

it('goes on with the last conversation about the same cluster, not with one about another', async () => {
  const { qd, asked } = await person({ ends: true });
  const here = 'cfg-nginx-directive';
  const elsewhere = 'app-division-by-zero';
  expect(await qd(here, ['ask', 'write a poem about nginx'])).toMatchObject({ code: 0, out: expect.stringContaining('The image is wrong.') });
  await qd(elsewhere, ['ask', 'write a poem about numbers']);
  await qd(here, ['ask', '--continue', 'and a longer one']);
  expect(asked.at(-1)).toContain('poem about nginx');
  expect(asked.at(-1)).not.toContain('poem about numbers');
});

it('says what was cut when it is interrupted, and exits as an interrupted program does', async () => {
  const { qd } = await person({ ends: false });
  const interruption = new AbortController();
  let out = '';
  let err = '';
  const shown = { columns: null, colour: false };
  const more = {
    signal: interruption.signal,
    out: {
      ...shown,
      write(text: string) {
        out += text;
      },
    },
    err: {
      ...shown,
      write(text: string) {
        err += text;
        if (text.includes('answers.')) setTimeout(() => interruption.abort(), 50);
      },
    },
  };
  expect((await qd('cfg-nginx-directive', ['ask', 'write a poem about nginx'], more)).code).toBe(130);
  expect(out).toContain('The image is');
  expect(err).toContain('Interrupted: the answer is cut where it stands.');
});
