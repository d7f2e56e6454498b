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
  let words: string[] = [];
  let current = '';
  let from = 0;
  let quote = '';
  let inWord = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? '';
    if (!inWord && !/\s/.test(letter)) {
      inWord = true;
      from = at;
    }
    if (quote !== '') {
      if (letter === quote) quote = '';
      else current += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else if (letter === '\\') {
      at += 1;
      current += line[at] ?? '';
    } else if (separators.has(letter)) {
      words = [];
      current = '';
      inWord = false;
    } else if (/\s/.test(letter)) {
      if (inWord) words.push(current);
      current = '';
      inWord = false;
    } else {
      current += letter;
    }
  }
  const first = words.findIndex((word) => !passedOver.has(word) && !/^[A-Za-z_]\w*=/.test(word));
  return { words: first < 0 ? [] : words.slice(first), current, from: inWord ? from : line.length };
}
