import { describe, expect, it } from 'vitest';
import { ImpersonatingTransport } from './impersonating-transport.ts';
import type { Impersonation, Transport } from './transport.ts';

/** Answers with in whose name it was asked. */
class NoticingTransport implements Transport {
  readonly asked: [string, Impersonation | undefined][] = [];
  closed = false;

  private notice(call: string, { as }: { as?: Impersonation }): Promise<never> {
    this.asked.push([call, as]);
    return Promise.reject(new Error('noticed'));
  }

  json = (request: { as?: Impersonation }) => this.notice('json', request);
  text = (request: { as?: Impersonation }) => this.notice('text', request);
  stream = (request: { as?: Impersonation }) => this.notice('stream', request);
  bytes = (request: { as?: Impersonation }) => this.notice('bytes', request);
  socket = (request: { as?: Impersonation }) => this.notice('socket', request);
  relay = (request: { as?: Impersonation }) => this.notice('relay', request);

  async close(): Promise<void> {
    this.closed = true;
  }
}

const who = { user: 'ada', groups: ['dev'] };
const { signal } = new AbortController();
const request = { path: '/', subject: { verb: 'get', resource: 'pods', namespace: null }, signal } as const;

describe('asking in the name of somebody', () => {
  it('names them in every kind of request, also where another was named, and closes nothing', async () => {
    const inner = new NoticingTransport();
    const named = new ImpersonatingTransport(inner, who);
    const other = { ...request, as: { user: 'eve', groups: [] } };
    const relayed = { method: 'GET', target: '/', headers: {}, body: null, signal };
    const calls = [
      named.json(other),
      named.text(request, 1),
      named.stream({ ...request, idleTimeoutMs: 0 }),
      named.bytes({ ...request, idleTimeoutMs: 0 }),
      named.socket({ ...request, protocols: [] }),
      named.relay(relayed),
    ];
    await Promise.allSettled(calls);
    expect(inner.asked).toEqual(['json', 'text', 'stream', 'bytes', 'socket', 'relay'].map((call) => [call, who]));
    await named.close();
    expect(inner.closed).toBe(false);
  });

  it.each([
    { user: 'system:admin', groups: [] },
    { user: 'ada', groups: ['dev', 'system:masters'] },
    { user: '', groups: [] },
  ])('is refused for %o', (taken) => {
    expect(() => new ImpersonatingTransport(new NoticingTransport(), taken)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
  });
});
