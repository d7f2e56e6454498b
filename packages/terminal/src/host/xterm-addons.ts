import { createRequire } from 'node:module';
import type { ITerminalAddon } from '@xterm/headless';
import * as z from 'zod';

/** The types of the addons bring those of a browser with them, for everything that is compiled with us: ours say what we use. */
export interface Serializer extends ITerminalAddon {
  serialize(options: { scrollback?: number; range?: { start: number; end: number }; excludeModes?: boolean; excludeAltBuffer?: boolean }): string;
}

const require = createRequire(import.meta.url);
const constructorOf = <T>() => z.custom<new () => T>((value) => typeof value === 'function');

const { SerializeAddon } = z.object({ SerializeAddon: constructorOf<Serializer>() }).parse(require('@xterm/addon-serialize'));
const { Unicode11Addon } = z.object({ Unicode11Addon: constructorOf<ITerminalAddon>() }).parse(require('@xterm/addon-unicode11'));

export function createSerializer(): Serializer {
  return new SerializeAddon();
}

/** Widths of characters as the pages have them: with others, snapshots drift. */
export function createUnicodeWidths(): ITerminalAddon {
  return new Unicode11Addon();
}
