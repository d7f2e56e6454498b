import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cleanup } from '../harness/cleanup.ts';

interface Pace {
  /** Tokens a second. */
  rate: number;
  seconds: number;
}

/** Between two sendings; each has as many tokens as belong to it. Milliseconds. */
const beat = 20;

/** A program that speaks Chat Completions and answers everything with the same long text, word by word at one pace. */
export async function startSteadyModel(cleanup: Cleanup, pace: Pace): Promise<{ stateDirectory: string }> {
  const server = createServer((request, response) => {
    if (request.method === 'GET') response.setHeader('content-type', 'application/json').end('{"object":"list","data":[{"id":"steady","object":"model"}]}');
    else void answer(response, pace);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.add(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const stateDirectory = await mkdtemp(path.join(tmpdir(), 'quarterdeck-steady-'));
  cleanup.add(() => rm(stateDirectory, { recursive: true, force: true }));
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`;
  await writeFile(
    path.join(stateDirectory, 'models.json'),
    JSON.stringify({ version: 1, use: ['steady/steady'], providers: { steady: { baseUrl, local: true } } }),
  );
  return { stateDirectory };
}

async function answer(response: ServerResponse, { rate, seconds }: Pace): Promise<void> {
  response.setHeader('content-type', 'text/event-stream');
  const chunk = (delta: object, finish_reason: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 's', object: 'chat.completion.chunk', created: 1, model: 'steady', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
    );
  const words = longAnswer(rate * seconds);
  const began = performance.now();
  for (let sent = 0; sent < words.length && !response.destroyed; ) {
    const due = Math.min(words.length, Math.ceil(((performance.now() - began) / 1000) * rate));
    for (; sent < due; sent += 1) chunk({ content: words[sent] });
    await delay(beat);
  }
  chunk({}, 'stop');
  response.end('data: [DONE]\n\n');
}

/** So many words of what answers are made of: sentences, lists, tables, code. */
function longAnswer(count: number): string[] {
  const part = (number: number) => `## Part ${number}

The **Deployment** of part ${number} waits for a claim that *nobody* has bound; see \`kubectl get pvc\` and the events below it, which say why.

- one claim waits for its class
- another has one, and waits for a node
  1. that has room for it
  2. and can be reached

| Name | State | Restarts |
|---|:-:|--:|
| api-${number} | Running | ${number} |
| web-${number} | Pending | 0 |

\`\`\`yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data-${number}
spec:
  storageClassName: standard
\`\`\`

`;
  const words: string[] = [];
  for (let number = 1; words.length < count; number += 1) words.push(...(part(number).match(/\s*\S+\s*?/g) ?? []));
  return words.slice(0, count);
}
