import type { ITheme } from '@xterm/xterm';

/** How the sixteen colours of a terminal follow from the page's own. */
const colours = {
  background: 'var(--surface)',
  foreground: 'var(--text)',
  cursor: 'var(--accent)',
  cursorAccent: 'var(--surface)',
  selectionBackground: 'var(--tint)',
  black: 'light-dark(var(--text), var(--line))',
  red: 'var(--critical)',
  green: 'var(--healthy)',
  yellow: 'var(--medium)',
  blue: 'var(--accent)',
  magenta: 'color-mix(in oklab, var(--critical), var(--accent))',
  cyan: 'var(--pending)',
  white: 'light-dark(var(--text-soft), var(--text))',
  brightBlack: 'var(--text-soft)',
  brightRed: 'color-mix(in oklab, var(--critical) 75%, var(--text))',
  brightGreen: 'color-mix(in oklab, var(--healthy) 75%, var(--text))',
  brightYellow: 'color-mix(in oklab, var(--medium) 75%, var(--text))',
  brightBlue: 'color-mix(in oklab, var(--accent) 75%, var(--text))',
  brightMagenta: 'color-mix(in oklab, color-mix(in oklab, var(--critical), var(--accent)) 75%, var(--text))',
  brightCyan: 'color-mix(in oklab, var(--pending) 75%, var(--text))',
  brightWhite: 'var(--text)',
} satisfies ITheme;

/** What a search marks in the terminal. */
const marks = { found: 'var(--mark)', current: 'var(--tint)' };

export interface TerminalColours {
  theme: ITheme;
  foreground: string;
  background: string;
  cursor: string;
  /** The first 16. */
  palette: string[];
  found: string;
  current: string;
}

const paletteNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const brightNames = ['brightBlack', 'brightRed', 'brightGreen', 'brightYellow', 'brightBlue', 'brightMagenta', 'brightCyan', 'brightWhite'] as const;

/** The tokens as they are now at the element, in the form that xterm takes. */
export function terminalColours(at: HTMLElement): TerminalColours {
  const probe = document.createElement('span');
  at.append(probe);
  const read = (colour: string) => {
    probe.style.color = colour;
    return hex(getComputedStyle(probe).color);
  };
  const theme = Object.fromEntries(Object.entries(colours).map(([name, colour]) => [name, read(colour)]));
  const taken = {
    theme,
    foreground: read(colours.foreground),
    background: read(colours.background),
    cursor: read(colours.cursor),
    palette: [...paletteNames, ...brightNames].map((name) => read(colours[name])),
    found: read(marks.found),
    current: read(marks.current),
  };
  probe.remove();
  return taken;
}

/** A canvas knows every colour that a browser knows. */
function hex(colour: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return '#808080';
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
