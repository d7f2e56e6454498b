import headless from '@xterm/headless';

/** What a page's terminal does with output before it draws it. */
export class ParsingScreen {
  private readonly terminal: InstanceType<typeof headless.Terminal>;

  constructor(columns: number, rows: number) {
    this.terminal = new headless.Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true });
  }

  write(output: Uint8Array | string, parsed: () => void): void {
    this.terminal.write(output, parsed);
  }
}
