import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Assistant, type ContextSource, createAssistantHandler, createInventorySource, defaultContextSettings, memoryCache } from '@quarterdeck/assistant';
import { openAssistantStore, openStorage, parseStorageUrl } from '@quarterdeck/storage';

const here = import.meta.dirname;
const inventory = createInventorySource({ read: () => readFile(join(here, 'inventory.yaml'), 'utf8') });

/** Answers without a model by what it finds in the inventory; with one, the model has `find_in_inventory` as a tool. */
const source: ContextSource = {
  ...inventory,
  async answer(question, _focus, signal) {
    const words = question.toLowerCase().match(/[\w.-]{3,}/g) ?? [];
    const lines = (await readFile(join(here, 'inventory.yaml'), { encoding: 'utf8', signal })).split('\n');
    const found = lines.filter((line) => line.includes('name:') && words.some((word) => line.includes(word)));
    const text =
      found.length === 0
        ? 'Nothing in the inventory has these words.'
        : `In the inventory:\n\n${found.map((line) => `\`\`\`yaml\n${line.trim()}\n\`\`\``).join('\n')}`;
    return Readable.from([{ type: 'text' as const, text }]);
  },
};

const storage = await openStorage(parseStorageUrl(`sqlite:${process.env.STORAGE ?? join(here, 'chat.db')}`), { role: 'guest' });
const assistant = new Assistant({
  store: openAssistantStore(storage.db),
  surroundings: async () => ({ cluster: null, sources: [source], asked: null }),
  ...{
    models: async () => null,
    model: async () => Promise.reject(new Error('There is no model.')),
    offeredModels: async () => [],
    mockPlans: false,
    costOf: () => null,
  },
  ...{ secrets: () => [], context: defaultContextSettings, countTokens: (text) => text.length / 4, cache: memoryCache(1_000, Date.now) },
  acts: () => ({ begin: async () => ({ id: '', end: async () => undefined }) }),
  ...{ now: Date.now, newId: () => crypto.randomUUID(), failed: console.error },
});
await assistant.recover();
const me = { owner: { user: 'me', organisation: null }, may: () => true, sight: 'all' };
const handle = createAssistantHandler({ assistant, authorize: () => me, newId: () => crypto.randomUUID() });

const files = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/page.js', ['page.js', 'text/javascript']],
  ['/page.css', ['page.css', 'text/css']],
]);
const server = createServer(async (request, response) => {
  const file = files.get(request.url ?? '');
  if (file !== undefined)
    return void response.setHeader('content-type', file[1] ?? '').end(await readFile(join(process.env.PAGE ?? join(here, 'dist'), file[0] ?? '')));
  const body: RequestInit = request.method === 'GET' ? {} : { body: Readable.toWeb(request), duplex: 'half' };
  const answer = await handle(new Request(`http://localhost${request.url}`, { method: request.method ?? 'GET', ...body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(`http://127.0.0.1:${Object(server.address()).port}/`));
