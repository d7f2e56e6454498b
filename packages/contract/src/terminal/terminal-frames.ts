import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';
import { validationError } from '../errors/validation-error.ts';
import { type TerminalControl, terminalControlSchema } from './terminal-control.ts';
import { type TerminalEvent, terminalEventSchema } from './terminal-event.ts';
import { largestTerminalSide } from './terminal-session.ts';

/** One WebSocket a page, for all of its terminals. It needs a ticket for `terminal`. */
export const terminalSocketPath = '/api/terminals/socket';
/** Offered in the place of `quarterdeck.v1`, with the ticket beside it. */
export const terminalProtocol = 'quarterdeck.terminal.v1';

/** Of one output or input frame. Bytes. */
export const largestTerminalChunk = 64 * 1024;
/** The largest frame that a page may send. Bytes. */
export const largestTerminalInput = 256 * 1024;
/** Of a snapshot. Bytes. */
const largestSnapshot = 32 * 1024 * 1024;

/** How far output may run ahead of what the page has shown: there it stops, and goes on below the lower one. Bytes. */
export const terminalFlow = { high: 1024 * 1024, low: 256 * 1024, acknowledgeEvery: 128 * 1024 } as const;

const types = { input: 0x01, acknowledge: 0x02, resize: 0x03, control: 0x04, output: 0x81, snapshot: 0x82, event: 0x83 } as const;
const snapshotFlags = { alternate: 1, truncated: 2, hasMore: 4 } as const;

/** From the server. `offset` is that of the first byte, or of what a snapshot shows. */
export type TerminalServerFrame =
  | { type: 'output'; session: number; offset: number; bytes: Uint8Array }
  | {
      type: 'snapshot';
      session: number;
      offset: number;
      columns: number;
      rows: number;
      /** The program has the alternate screen. */
      alternate: boolean;
      /** Not everything that could be kept is. */
      truncated: boolean;
      /** There are older lines: ask for `history`. */
      hasMore: boolean;
      bytes: Uint8Array;
    }
  | { type: 'event'; session: number; event: TerminalEvent };

/** From the page. `sequence` goes up by one with each input of a session; `offset` is that after the last byte shown. */
export type TerminalClientFrame =
  | { type: 'input'; session: number; sequence: number; bytes: Uint8Array }
  | { type: 'acknowledge'; session: number; offset: number }
  | { type: 'resize'; session: number; columns: number; rows: number; pixelWidth: number; pixelHeight: number }
  | { type: 'control'; control: TerminalControl };

/** All numbers are big-endian; the first byte says what follows. Throws VALIDATION_ERROR for what does not fit. */
export function encodeTerminalServerFrame(frame: TerminalServerFrame): Uint8Array<ArrayBuffer> {
  switch (frame.type) {
    case 'output': {
      limit(frame.bytes, largestTerminalChunk, 'output');
      const { message, view } = begin(types.output, frame.session, 8, frame.bytes);
      view.setBigUint64(5, u64(frame.offset));
      return message;
    }
    case 'snapshot': {
      limit(frame.bytes, largestSnapshot, 'a snapshot');
      const { message, view } = begin(types.snapshot, frame.session, 13, frame.bytes);
      view.setBigUint64(5, u64(frame.offset));
      view.setUint16(13, side(frame.columns));
      view.setUint16(15, side(frame.rows));
      view.setUint8(17, flagsOf(frame));
      return message;
    }
    case 'event':
      return begin(types.event, frame.session, 0, jsonBytes(frame.event)).message;
  }
}

export function encodeTerminalClientFrame(frame: TerminalClientFrame): Uint8Array<ArrayBuffer> {
  switch (frame.type) {
    case 'input': {
      limit(frame.bytes, largestTerminalChunk, 'input');
      const { message, view } = begin(types.input, frame.session, 4, frame.bytes);
      view.setUint32(5, u32(frame.sequence));
      return message;
    }
    case 'acknowledge': {
      const { message, view } = begin(types.acknowledge, frame.session, 8, nothing);
      view.setBigUint64(5, u64(frame.offset));
      return message;
    }
    case 'resize': {
      const { message, view } = begin(types.resize, frame.session, 8, nothing);
      view.setUint16(5, side(frame.columns));
      view.setUint16(7, side(frame.rows));
      view.setUint16(9, u16(frame.pixelWidth));
      view.setUint16(11, u16(frame.pixelHeight));
      return message;
    }
    case 'control': {
      const json = jsonBytes(frame.control);
      const message = new Uint8Array(1 + json.byteLength);
      message[0] = types.control;
      message.set(json, 1);
      return message;
    }
  }
}

export function decodeTerminalServerFrame(message: Uint8Array): TerminalServerFrame {
  const view = viewOf(message);
  switch (message[0]) {
    case types.output: {
      need(message, 13);
      const bytes = message.subarray(13);
      limit(bytes, largestTerminalChunk, 'output');
      return { type: 'output', session: view.getUint32(1), offset: fromU64(view.getBigUint64(5)), bytes };
    }
    case types.snapshot:
      need(message, 18);
      return decodeSnapshot(message, view);
    case types.event:
      need(message, 5);
      return { type: 'event', session: view.getUint32(1), event: parseJson(terminalEventSchema, message.subarray(5)) };
    default:
      throw invalid('the frame is of no known type');
  }
}

export function decodeTerminalClientFrame(message: Uint8Array): TerminalClientFrame {
  const view = viewOf(message);
  switch (message[0]) {
    case types.input: {
      need(message, 9);
      const bytes = message.subarray(9);
      limit(bytes, largestTerminalChunk, 'input');
      return { type: 'input', session: view.getUint32(1), sequence: view.getUint32(5), bytes };
    }
    case types.acknowledge:
      exactly(message, 13);
      return { type: 'acknowledge', session: view.getUint32(1), offset: fromU64(view.getBigUint64(5)) };
    case types.resize:
      exactly(message, 13);
      return {
        type: 'resize',
        session: view.getUint32(1),
        columns: side(view.getUint16(5)),
        rows: side(view.getUint16(7)),
        pixelWidth: view.getUint16(9),
        pixelHeight: view.getUint16(11),
      };
    case types.control:
      return { type: 'control', control: parseJson(terminalControlSchema, message.subarray(1)) };
    default:
      throw invalid('the frame is of no known type');
  }
}

const nothing = new Uint8Array(0);

function begin(type: number, session: number, header: number, payload: Uint8Array) {
  const message = new Uint8Array(5 + header + payload.byteLength);
  const view = viewOf(message);
  view.setUint8(0, type);
  view.setUint32(1, u32(session));
  message.set(payload, 5 + header);
  return { message, view };
}

function decodeSnapshot(message: Uint8Array, view: DataView): TerminalServerFrame {
  const flags = view.getUint8(17);
  return {
    type: 'snapshot',
    session: view.getUint32(1),
    offset: fromU64(view.getBigUint64(5)),
    columns: side(view.getUint16(13)),
    rows: side(view.getUint16(15)),
    alternate: (flags & snapshotFlags.alternate) !== 0,
    truncated: (flags & snapshotFlags.truncated) !== 0,
    hasMore: (flags & snapshotFlags.hasMore) !== 0,
    bytes: message.subarray(18),
  };
}

function flagsOf({ alternate, truncated, hasMore }: { alternate: boolean; truncated: boolean; hasMore: boolean }): number {
  return (alternate ? snapshotFlags.alternate : 0) | (truncated ? snapshotFlags.truncated : 0) | (hasMore ? snapshotFlags.hasMore : 0);
}

function viewOf(message: Uint8Array): DataView {
  return new DataView(message.buffer, message.byteOffset, message.byteLength);
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function parseJson<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('VALIDATION_ERROR', 'The frame holds no JSON.', { cause });
  }
  const parsed = z.safeParse(schema, json);
  if (!parsed.success) throw validationError(parsed.error);
  return parsed.data;
}

function need(message: Uint8Array, bytes: number): void {
  if (message.byteLength < bytes) throw invalid(`the frame ends after ${message.byteLength} of ${bytes} bytes`);
}

function exactly(message: Uint8Array, bytes: number): void {
  if (message.byteLength !== bytes) throw invalid(`the frame has ${message.byteLength} bytes, not ${bytes}`);
}

function limit({ byteLength }: Uint8Array, most: number, what: string): void {
  if (byteLength > most) throw invalid(`${what} has ${byteLength} bytes, more than ${most}`);
}

function u16(value: number): number {
  return within(value, 0xffff);
}

function u32(value: number): number {
  return within(value, 0xffff_ffff);
}

function u64(value: number): bigint {
  return BigInt(within(value, Number.MAX_SAFE_INTEGER));
}

function fromU64(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid(`${value} is no offset`);
  return Number(value);
}

function side(value: number): number {
  if (value < 1) throw invalid('a terminal has at least one column and one row');
  return within(value, largestTerminalSide);
}

function within(value: number, most: number): number {
  if (!Number.isInteger(value) || value < 0 || value > most) throw invalid(`${value} is no whole number from 0 to ${most}`);
  return value;
}

function invalid(what: string): AppError {
  return new AppError('VALIDATION_ERROR', `This is no terminal frame: ${what}.`, { hint: `Speak ${terminalProtocol}.` });
}
