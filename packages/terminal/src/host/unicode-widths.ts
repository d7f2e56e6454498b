import { createRequire } from 'node:module';
import type { ITerminalAddon } from '@xterm/headless';
import * as z from 'zod';

/** The types of the addon bring those of a browser with them, for everything that is compiled with us. */
const { Unicode11Addon } = z
  .object({ Unicode11Addon: z.custom<new () => ITerminalAddon>((value) => typeof value === 'function') })
  .parse(createRequire(import.meta.url)('@xterm/addon-unicode11'));

/** Widths of characters as the pages have them: with others, snapshots drift. */
export function createUnicodeWidths(): ITerminalAddon {
  return new Unicode11Addon();
}
