import { createServer, type Server } from 'node:http';
import type { Alert } from '@quarterdeck/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendWebhook } from './send-webhook.ts';

const alert: Alert = {
  id: 'a1',
  at: '2026-01-01T00:00:00Z',
  rule: { id: 'r1', name: 'Worst first' },
  cluster: 'dev',
  title: 'The claim waits',
  text: 'No such class.',
  severity: 'high',
  issueId: 'i1',
  object: null,
  desktop: false,
  tag: 'i1',
};

let receiver: Server;
let url: string;
let answers: number[];
let slept: number[];

beforeEach(async () => {
  slept = [];
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(answers.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}/hook`;
});
afterEach(() => new Promise((resolve) => receiver.close(resolve)));

const send = (more: { attempts?: number } = {}) =>
  sendWebhook({ url, secret: null, allowPrivate: true }, alert, {
    signal: new AbortController().signal,
    now: () => 0,
    sleep: async (ms) => void slept.push(ms),
    ...more,
  });

it('is tried again, with growing pauses, after an error that may pass', async () => {
  answers = [503, 429, 200];
  expect(await send()).toMatchObject({ delivered: true, attempts: 3 });
  expect(slept).toEqual([1_000, 5_000]);
  answers = [500, 500, 500, 500, 200];
  expect(await send()).toMatchObject({ delivered: false, attempts: 4, status: 500 });
});

it('is not tried again after an error that stays, nor oftener than is asked for', async () => {
  answers = [401];
  expect(await send()).toMatchObject({ delivered: false, attempts: 1, status: 401 });
  answers = [503, 200];
  expect(await send({ attempts: 1 })).toMatchObject({ delivered: false, attempts: 1, status: 503 });
  expect(slept).toEqual([]);
});
