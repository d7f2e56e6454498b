import type { TerminalTheme } from '@quarterdeck/contract';
import type { Terminal } from '@xterm/headless';

/** What a program is told that asks, until a page says what it really shows. */
const usualTheme: TerminalTheme = { foreground: '#d4d4d4', background: '#1e1e1e', cursor: '#d4d4d4' };

/**
 * Answers what programs ask their terminal, beyond what the mirror answers by itself. The page answers nothing: two answers
 * would be typed into the shell, and no page may be there.
 */
export class TerminalAnswers {
  private theme = usualTheme;
  private readonly terminal: Terminal;
  private readonly reply: (text: string) => void;
  private readonly version: string;

  constructor(terminal: Terminal, version: string, reply: (text: string) => void) {
    this.terminal = terminal;
    this.version = version;
    this.reply = reply;
    this.answerColours();
    this.answerSizes();
    terminal.parser.registerCsiHandler({ prefix: '>', final: 'q' }, () => this.said(`\x1bP>|quarterdeck(${this.version})\x1b\\`));
  }

  setTheme(theme: TerminalTheme): void {
    this.theme = theme;
  }

  private answerColours(): void {
    const { parser } = this.terminal;
    const named = [
      [10, () => this.theme.foreground],
      [11, () => this.theme.background],
      [12, () => this.theme.cursor],
    ] as const;
    for (const [code, colour] of named) {
      parser.registerOscHandler(code, (data) => (data === '?' ? this.said(`\x1b]${code};${rgbOf(colour())}\x1b\\`) : false));
    }
    parser.registerOscHandler(4, (data) => {
      const asked = /^(\d{1,3});\?$/.exec(data);
      const colour = asked === null ? undefined : this.theme.palette?.[Number(asked[1])];
      return colour === undefined ? false : this.said(`\x1b]4;${asked?.[1]};${rgbOf(colour)}\x1b\\`);
    });
  }

  /** XTWINOPS. Titles are never reported: a program could have anything typed into the shell so. */
  private answerSizes(): void {
    this.terminal.parser.registerCsiHandler({ final: 't' }, (parameters) => {
      const { cols, rows } = this.terminal;
      const cell = this.theme.cell;
      if (parameters[0] === 18) this.reply(`\x1b[8;${rows};${cols}t`);
      if (parameters[0] === 16 && cell !== undefined) this.reply(`\x1b[6;${Math.round(cell.height)};${Math.round(cell.width)}t`);
      if (parameters[0] === 14 && cell !== undefined) this.reply(`\x1b[4;${Math.round(cell.height * rows)};${Math.round(cell.width * cols)}t`);
      return true;
    });
  }

  private said(text: string): true {
    this.reply(text);
    return true;
  }
}

/** X11's form, with 16 bits a colour. */
function rgbOf(colour: string): string {
  return `rgb:${[1, 3, 5].map((at) => colour.slice(at, at + 2).repeat(2)).join('/')}`;
}
