import type { IBufferCell, Terminal } from '@xterm/headless';
import * as z from 'zod';

/** How a cell looks, or what is written next. */
export type CellStyle = Omit<IBufferCell, 'getChars' | 'getCode' | 'getWidth'>;

const cellStyle = z.custom<CellStyle>((value) => typeof Reflect.get(Object(value), 'isBold') === 'function');

/** What letters are shown as; none where they are themselves. */
const charsetSchema = z.record(z.string(), z.string()).nullish();
export type Charset = z.infer<typeof charsetSchema>;

const bufferSchema = z.object({
  x: z.number(),
  y: z.number(),
  savedX: z.number(),
  savedY: z.number(),
  scrollTop: z.number(),
  scrollBottom: z.number(),
  ybase: z.number(),
  tabs: z.record(z.string(), z.unknown()),
  savedCurAttrData: cellStyle,
  savedCharset: charsetSchema,
});

/**
 * What @xterm/headless 6.0.0 knows of a terminal and does not publish. The version is pinned; the comparison with real
 * programs fails where this no longer fits.
 */
const coreSchema = z.object({
  buffer: bufferSchema,
  coreService: z.object({
    isCursorHidden: z.boolean(),
    decPrivateModes: z.object({
      cursorStyle: z.enum(['block', 'underline', 'bar']).optional(),
      cursorBlink: z.boolean().optional(),
      origin: z.boolean(),
    }),
  }),
  _bufferService: z.object({ buffers: z.object({ normal: bufferSchema }) }),
  coreMouseService: z.object({ activeEncoding: z.string() }),
  _inputHandler: z.object({
    _parser: z.object({ precedingJoinState: z.number() }),
    _curAttrData: cellStyle,
  }),
  _charsetService: z.object({
    glevel: z.number(),
    charset: charsetSchema,
    _charsets: z.array(charsetSchema),
  }),
});
export type MirrorState = z.infer<typeof coreSchema>;

const holderSchema = z.object({ _core: coreSchema });

export function mirrorState(terminal: Terminal): MirrorState {
  return holderSchema.parse({ _core: Reflect.get(terminal, '_core') })._core;
}

const trimmingSchema = z.object({ onTrim: z.custom<(listener: (lines: number) => void) => unknown>((value) => typeof value === 'function') });
const linesSchema = z.object({ _bufferService: z.object({ buffers: z.object({ normal: z.object({ lines: z.unknown() }) }) }) });

/** Calls the listener with how many lines fell out of the scrollback. */
export function onLinesTrimmed(terminal: Terminal, listener: (lines: number) => void): void {
  const { lines } = linesSchema.parse(Reflect.get(terminal, '_core'))._bufferService.buffers.normal;
  const { onTrim } = trimmingSchema.parse({ onTrim: Reflect.get(Object(lines), 'onTrim') });
  onTrim.call(lines, listener);
}
