import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import {
  decodeTerminalClientFrame,
  decodeTerminalServerFrame,
  encodeTerminalClientFrame,
  encodeTerminalServerFrame,
  largestTerminalChunk,
  type TerminalClientFrame,
  type TerminalServerFrame,
} from './terminal-frames.ts';

const session = fc.integer({ min: 0, max: 0xffff_ffff });
const offset = fc.maxSafeNat();
const side = fc.integer({ min: 1, max: 2000 });
const pixels = fc.nat({ max: 0xffff });
const bytes = fc.uint8Array({ maxLength: 200 });

const serverFrame: fc.Arbitrary<TerminalServerFrame> = fc.oneof(
  fc.record({ type: fc.constant('output' as const), session, offset, bytes }),
  fc.record({
    type: fc.constant('snapshot' as const),
    session,
    offset,
    columns: side,
    rows: side,
    alternate: fc.boolean(),
    truncated: fc.boolean(),
    hasMore: fc.boolean(),
    bytes,
  }),
  fc.record({ type: fc.constant('event' as const), session, event: fc.record({ type: fc.constant('title' as const), title: fc.string() }) }),
);
const clientFrame: fc.Arbitrary<TerminalClientFrame> = fc.oneof(
  fc.record({ type: fc.constant('input' as const), session, sequence: session, bytes }),
  fc.record({ type: fc.constant('acknowledge' as const), session, offset }),
  fc.record({ type: fc.constant('resize' as const), session, columns: side, rows: side, pixelWidth: pixels, pixelHeight: pixels }),
  fc.record({
    type: fc.constant('control' as const),
    control: fc.record({ type: fc.constant('ready' as const), session: fc.integer({ min: 1, max: 0xffff_ffff }) }),
  }),
);

describe('terminal frames', () => {
  it('come out as they went in', () => {
    const comesBack = <T>(frame: T, back: T): void => {
      expect(back).toEqual(frame);
    };
    fc.assert(fc.property(serverFrame, (frame) => comesBack(frame, decodeTerminalServerFrame(encodeTerminalServerFrame(frame)))));
    fc.assert(fc.property(clientFrame, (frame) => comesBack(frame, decodeTerminalClientFrame(encodeTerminalClientFrame(frame)))));
  });

  it('are refused with VALIDATION_ERROR and nothing else, whatever comes', () => {
    const refused = (decode: (message: Uint8Array) => unknown, message: Uint8Array): boolean => {
      try {
        decode(message);
        return true;
      } catch (thrown) {
        return thrown instanceof AppError && thrown.code === 'VALIDATION_ERROR';
      }
    };
    const anyMessage = fc.tuple(fc.constantFrom(1, 2, 3, 4, 0x81, 0x82, 0x83, 0xff), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(anyMessage, ([type, rest]) => {
        const message = Uint8Array.of(type, ...rest);
        return refused(decodeTerminalClientFrame, message) && refused(decodeTerminalServerFrame, message);
      }),
    );
    expect(refused(decodeTerminalClientFrame, new Uint8Array(0))).toBe(true);
  });

  it('are never larger than agreed', () => {
    const large = new Uint8Array(largestTerminalChunk + 1);
    expect(() => encodeTerminalClientFrame({ type: 'input', session: 1, sequence: 1, bytes: large })).toThrow(/more than 65536/);
    expect(() => decodeTerminalClientFrame(Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, ...large))).toThrow(/more than 65536/);
  });

  it('read from the middle of a larger buffer', () => {
    const frame: TerminalClientFrame = { type: 'acknowledge', session: 7, offset: 2 ** 40 };
    const buffer = new Uint8Array(40);
    buffer.set(encodeTerminalClientFrame(frame), 9);
    expect(decodeTerminalClientFrame(buffer.subarray(9, 22))).toEqual(frame);
  });
});
