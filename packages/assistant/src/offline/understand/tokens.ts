/** A word of a question. */
export interface Token {
  /** In lower case, without the punctuation around it. */
  text: string;
  /** As it was written. */
  raw: string;
}

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|how|where|why|that|it|there|here)['’]s\b/gi, '$1 is'],
  [/\b(whats|hows|whys|wheres|whos)\b/gi, 'what is'],
  [/\bwhy['’]?re\b/gi, 'why are'],
  [/\bcan['’]?t\b/gi, 'can not'],
  [/\bwon['’]?t\b(?! be)/gi, 'will not'],
  [/\b(is|are|does|do|did|has|have|was|were|would|could|should)n['’]?t\b/gi, '$1 not'],
  [/\b(i|you|we|they)['’](m|re|ve|ll|d)\b/gi, '$1'],
];

const firstWords: Readonly<Record<string, string>> = { hows: 'how is', whys: 'why is', wheres: 'where is', whos: 'who is' };

/** The words of a question, in order; a quoted part is one word. */
export function tokensOf(question: string): Token[] {
  const opened = contractions.reduce(
    (text, [from, to]) => text.replace(from, (whole, ...groups: string[]) => firstWords[whole.toLowerCase()] ?? to.replace('$1', groups[0] ?? '')),
    question.normalize('NFC'),
  );
  return [...opened.matchAll(/"([^"]+)"|`([^`]+)`|(\S+)/g)].flatMap(([, double, ticked, bare]) => tokenOf(double ?? ticked ?? bare ?? ''));
}

function tokenOf(written: string): Token[] {
  const raw = written.replace(/^[('“‘[{,;:!?]+|[)'”’\]},;:!?]+$|\.+$/g, '').replace(/['’]s$/, '');
  return raw === '' ? [] : [{ raw, text: raw.toLowerCase() }];
}
