/** One command of a line, as far as it is typed. */
export interface TypedCommand {
  /** Those that are complete, the program first. */
  words: string[];
  /** The one at the cursor; empty after a blank. */
  current: string;
  /** Where it begins in the line. */
  from: number;
}

/** Between commands of one line; inside quotes it is text. */
const separators = new Set(['|', ';', '&', '(', ')', '\n', '`']);
const passedOver = new Set(['sudo', 'command', 'time', 'watch', 'exec', 'nohup']);

/** The command at the end of a line, in the words that a shell would make of it. What it would replace (`$X`, `*`) stays as it is. */
export function typedCommand(line: string): TypedCommand {
  const reader = new WordReader();
  for (const [at, letter] of [...line].entries()) reader.take(letter, at);
  const { words, current, from } = reader;
  const first = words.findIndex((word) => !passedOver.has(word) && !/^[A-Za-z_]\w*=/.test(word));
  return { words: first < 0 ? [] : words.slice(first), current, from: from ?? line.length };
}

class WordReader {
  words: string[] = [];
  current = '';
  /** Where the word at the cursor began; null between words. */
  from: number | null = null;
  private quote = '';
  private escaped = false;

  take(letter: string, at: number): void {
    if (this.from === null && !/\s/.test(letter)) this.from = at;
    if (this.escaped) {
      this.escaped = false;
      this.current += letter;
    } else if (this.quote !== '') {
      if (letter === this.quote) this.quote = '';
      else this.current += letter;
    } else {
      this.plain(letter);
    }
  }

  private plain(letter: string): void {
    if (letter === "'" || letter === '"') this.quote = letter;
    else if (letter === '\\') this.escaped = true;
    else if (separators.has(letter)) this.end([]);
    else if (!/\s/.test(letter)) this.current += letter;
    else this.end(this.from === null ? this.words : [...this.words, this.current]);
  }

  private end(words: string[]): void {
    this.words = words;
    this.current = '';
    this.from = null;
  }
}
