import { inProcessMemory } from '@quarterdeck/storage/shared';
import { describe, expect, it } from 'vitest';
import { localAgent, localPerson } from '../gate/actors.ts';
import { readText } from '../routes/read-text.ts';
import { createCallLimits } from './call-limits.ts';
import { jsonDepth } from './json-depth.ts';
import { withinTime } from './within-time.ts';

const tooMany = { code: 'RATE_LIMITED', hint: expect.stringMatching(/in \d+ s/), details: { retryAfterSeconds: expect.any(Number) } };

describe('what one may ask', () => {
  it('is bounded for each person by itself, and for an address that many share higher', async () => {
    const limits = createCallLimits(inProcessMemory(), 0.3);
    for (let call = 0; call < 3; call += 1) (await limits.begin(localPerson))();
    await expect(limits.begin(localPerson)).rejects.toMatchObject(tooMany);
    (await limits.begin(localAgent))();
    for (let call = 0; call < 15; call += 1) await limits.ofAddress('10.0.0.1');
    await expect(limits.ofAddress('10.0.0.1')).rejects.toMatchObject(tooMany);
    await limits.ofAddress('10.0.0.2');
  });

  it('is bounded at once too, until a call ends; one that ends twice counts once', async () => {
    const limits = createCallLimits(inProcessMemory(), 1000);
    const ends = [];
    for (let call = 0; call < 100; call += 1) ends.push(await limits.begin(localPerson));
    await expect(limits.begin(localPerson)).rejects.toMatchObject(tooMany);
    ends[0]?.();
    ends[0]?.();
    await limits.begin(localPerson);
    await expect(limits.begin(localPerson)).rejects.toMatchObject(tooMany);
  });

  it('is the same for all addresses that one subscriber of IPv6 has', async () => {
    const limits = createCallLimits(inProcessMemory(), 0.1);
    for (let call = 0; call < 5; call += 1) await limits.ofAddress(`2001:db8:0:7::${call}`);
    await expect(limits.ofAddress('2001:db8:0:7:ffff::1')).rejects.toMatchObject(tooMany);
    await limits.ofAddress('2001:db8:0:8::1');
  });

  it('is little for whoever does not say who asks', async () => {
    const limits = createCallLimits(inProcessMemory(), 100);
    for (let call = 0; call < 120; call += 1) await limits.ofStranger('10.0.0.1');
    await expect(limits.ofStranger('10.0.0.1')).rejects.toMatchObject(tooMany);
  });
});

describe('JSON', () => {
  it.each([
    ['1', 0],
    ['{"a":[1,{"b":"[[[{\\"{"}]}', 3],
    ['[[],[[]]]', 3],
    ['"\\\\"', 0],
    [`${'['.repeat(500)}${']'.repeat(500)}`, 500],
  ])('%s is %i deep', (text, depth) => expect(jsonDepth(text)).toBe(depth));

  // Going back to each quotation mark would take minutes of the only thread that there is: anybody may send this before they log in.
  it('costs one pass also where a string never ends', () => expect(jsonDepth(`{"a":"${'\\"'.repeat(500_000)}`)).toBe(1));
});

describe('time', () => {
  it('ends a call that takes too long, and tells it so', async () => {
    let seen: AbortSignal | null = null;
    const forever = (signal: AbortSignal) => {
      seen = signal;
      return new Promise<never>(() => undefined);
    };
    await expect(withinTime(5, new AbortController().signal, forever)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(seen).toMatchObject({ aborted: true });
  });

  it('is not given to a body that does not arrive', async () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')) });
    await expect(readText({ headers: new Headers(), body }, 5)).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});
