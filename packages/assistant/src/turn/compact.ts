import type { ModelMessage } from '../model/model-port.ts';

export interface Compacting {
  /** How many of the messages are of the conversation before the question; they come first. */
  history: number;
  /** The mark of data blocks. */
  mark: string;
  countTokens(text: string): number;
}

/** Of what did not fit, so much is kept: a model says that it was too much, hardly ever by how much. */
const keptShare = 0.5;
/** Characters of a result that are left when it is trimmed. */
const trimmedLength = 1_500;

/**
 * The messages of a request that was too long, shorter: without the oldest of the conversation, then with the longest
 * results of tools trimmed, then without the last blocks of data of the question, until half is left. The question itself
 * stays. Null where nothing can be left out.
 */
export function compacted(messages: readonly ModelMessage[], { history, mark, countTokens }: Compacting): { messages: ModelMessage[]; history: number } | null {
  const sizes = messages.map(({ text }) => countTokens(text));
  let over = sum(sizes) * (1 - keptShare);
  let dropped = 0;
  for (; dropped < history && over > 0; dropped += 1) over -= sizes[dropped] ?? 0;
  const kept = messages.slice(dropped);
  const left = sizes.slice(dropped);
  while (over > 0) {
    const at = longestResult(kept);
    const found = kept[at];
    if (found === undefined) break;
    kept[at] = { ...found, text: `${found.text.slice(0, trimmedLength)}\n… left out: it was too long for the model.\n${mark}>>` };
    over -= (left[at] ?? 0) - countTokens(kept[at].text);
  }
  const at = history - dropped;
  const question = kept[at];
  if (question !== undefined && over > 0) kept[at] = { ...question, text: withoutLastBlocks(question.text, { over, mark, countTokens }) };
  const isSame = dropped === 0 && kept.every((message, index) => message.text === messages[index]?.text);
  return isSame ? null : { messages: kept, history: at };
}

function longestResult(messages: readonly ModelMessage[]): number {
  const lengths = messages.map(({ role, text }) => (role === 'tool' && text.length > trimmedLength * 2 ? text.length : 0));
  const longest = Math.max(0, ...lengths);
  return longest === 0 ? -1 : lengths.indexOf(longest);
}

/** Sources tell what matters most first. */
function withoutLastBlocks(text: string, { over, mark, countTokens }: { over: number; mark: string; countTokens(text: string): number }): string {
  let rest = text;
  for (let left = over; left > 0; ) {
    const start = rest.lastIndexOf(`\n\n<<${mark} `);
    if (start < 0) return rest;
    left -= countTokens(rest.slice(start));
    rest = rest.slice(0, start);
  }
  return rest;
}

/** The messages without what the last call of a tool gave; null where none did. */
export function withoutLastResult(messages: readonly ModelMessage[]): { messages: ModelMessage[]; tool: string } | null {
  const at = messages.findLastIndex(({ role }) => role === 'tool');
  const found = messages[at];
  if (found?.role !== 'tool' || found.text === withheld) return null;
  return { messages: messages.with(at, { ...found, text: withheld }), tool: found.toolName };
}

const withheld = "withheld by the provider's filter";

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
