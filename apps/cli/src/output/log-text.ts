import type { LogEntry } from '@quarterdeck/contract';
import type { Paint } from './style.ts';

const prefixColours = ['cyan', 'green', 'magenta', 'yellow', 'blue', 'red'] as const;

export interface LogForm {
  timestamps: boolean;
  /** The pod and the container in front of each line, as kubectl writes them. */
  prefix: boolean;
  /** Whether a terminal reads it, which would obey what a line says. */
  terminal: boolean;
  paint: Paint;
}

/** Writes entries as lines; each container keeps its colour. */
export class LogPrinter {
  private readonly form: LogForm;
  private readonly prefixes = new Map<string, string>();

  constructor(form: LogForm) {
    this.form = form;
  }

  text(entries: readonly LogEntry[]): string {
    const { timestamps, prefix, terminal, paint } = this.form;
    let text = '';
    for (const entry of entries) {
      if (prefix) text += this.prefixOf(entry);
      if (timestamps && entry.time !== '') text += `${entry.time} `;
      const line = terminal ? withoutControls(entry.text) : entry.text;
      text += `${entry.context === undefined ? line : paint('dim', line)}\n`;
    }
    return text;
  }

  private prefixOf({ pod, container }: LogEntry): string {
    const name = `[pod/${pod}/${container}]`;
    const known = this.prefixes.get(name) ?? `${this.form.paint(prefixColours[this.prefixes.size % prefixColours.length] ?? 'cyan', name)} `;
    this.prefixes.set(name, known);
    return known;
  }
}

/** Colours stay; what would move the cursor, set the title or ring is taken out. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[ -/]*[@-ln-~]|\x1b[^[\]]|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]/g, '');
}
