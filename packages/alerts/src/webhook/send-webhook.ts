import { createHmac, randomUUID } from 'node:crypto';
import { type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Alert, Delivery, Webhook } from '@quarterdeck/contract';
import { isPrivateAddress, publicLookup } from './address-guard.ts';

export interface SendOptions {
  signal: AbortSignal;
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** How long one attempt may take. Milliseconds; 10 s where left out. */
  timeout?: number;
  /** How often it is tried at the most; four times where left out. */
  attempts?: number;
}

/** Waits before the second, third and fourth attempt. Milliseconds. */
const pauses = [1_000, 5_000, 25_000];
const usualTimeout = 10_000;

/**
 * Posts an alert as JSON, signed where there is a secret: `x-quarterdeck-signature: sha256=HEX`, the HMAC of
 * `TIMESTAMP.BODY` with the timestamp of `x-quarterdeck-timestamp` (seconds). Tried up to four times where that may
 * help (no answer, 408, 425, 429, 5xx). Never follows a redirect, and calls private addresses only where that is allowed. Never throws.
 */
export async function sendWebhook(webhook: Webhook, alert: Alert, options: SendOptions): Promise<Delivery> {
  const refusal = refusalOf(webhook);
  if (refusal !== null) return { delivered: false, attempts: 0, status: null, problem: refusal };
  const body = JSON.stringify({ type: 'alert', alert });
  const delivery = randomUUID();
  let last: Attempt = { status: null, problem: 'it was not tried', again: false };
  let attempts = 0;
  for (const pause of [0, ...pauses].slice(0, options.attempts)) {
    try {
      if (pause > 0) await options.sleep(pause, options.signal);
    } catch {
      break; // The workbench ends: what was tried so far is the answer.
    }
    attempts += 1;
    last = await attempt(webhook, { body, delivery }, options);
    if (last.problem === null || !last.again) break;
  }
  return { delivered: last.problem === null, attempts, status: last.status, problem: last.problem };
}

/** What is wrong with a webhook before anything is sent. */
function refusalOf({ url, allowPrivate }: Webhook): string | null {
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'The URL holds a user or password; use the secret, which signs the call.';
  if (allowPrivate) return null;
  if (protocol !== 'https:') return 'The URL is not https, so anybody on the way could read it. Allow private addresses to call one without TLS.';
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) !== 0 && isPrivateAddress(address)
    ? `${address} is an address of this machine or of a private network, which is not allowed here.`
    : null;
}

interface Attempt {
  status: number | null;
  problem: string | null;
  /** Whether the same call may go through later. */
  again: boolean;
}

function attempt(webhook: Webhook, { body, delivery }: { body: string; delivery: string }, options: SendOptions): Promise<Attempt> {
  const url = new URL(webhook.url);
  const timestamp = String(Math.floor(options.now() / 1000));
  const signature = webhook.secret === null ? null : createHmac('sha256', webhook.secret).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'quarterdeck-alerts',
    'x-quarterdeck-delivery': delivery,
    'x-quarterdeck-timestamp': timestamp,
    ...(signature === null ? {} : { 'x-quarterdeck-signature': `sha256=${signature}` }),
  };
  const timeout = options.timeout ?? usualTimeout;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeout)]);
  const request: RequestOptions = { method: 'POST', headers, signal, agent: false, ...(webhook.allowPrivate ? {} : { lookup: publicLookup() }) };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return answerOf(send(url, request), body, timeout);
}

function answerOf(call: ClientRequest, body: string, timeout: number): Promise<Attempt> {
  const { promise, resolve } = Promise.withResolvers<Attempt>();
  call.on('response', (response) => {
    const status = response.statusCode ?? 0;
    response.destroy(); // Nothing of the answer but its status is of interest.
    resolve({ status, ...judged(status) });
  });
  call.on('error', (error) => {
    const problem = error.name === 'TimeoutError' || error.name === 'AbortError' ? `There was no answer within ${timeout / 1000} s.` : error.message;
    resolve({ status: null, problem, again: !/private network/.test(error.message) });
  });
  call.end(body);
  return promise;
}

function judged(status: number): Pick<Attempt, 'problem' | 'again'> {
  if (status >= 200 && status < 300) return { problem: null, again: false };
  if (status >= 300 && status < 400) return { problem: `It answers with a redirect (${status}), which is not followed. Give the final URL.`, again: false };
  return { problem: `It answers with status ${status}.`, again: status >= 500 || [408, 425, 429].includes(status) };
}
