/** A piece: merging bytes takes ever longer in long runs without a break, and hostile text is made of those. */
const pieceLength = 2_000;

/** Counts as OpenAI's o200k does, which is near enough to all others for limits and budgets. */
export interface ModelTokenCounter {
  /** Tokens of o200k. */
  count(text: string): number;
}

/** Loads the vocabulary: a quarter of a second, once in a program. */
export async function loadTokenCounter(): Promise<ModelTokenCounter> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // What stands in a log is text, also where it looks like a mark of the tokenizer.
  const noMarks = { disallowedSpecial: new Set<string>() };
  return createTokenCounter((text) => countTokens(text, noMarks));
}

function createTokenCounter(countPiece: (text: string) => number): ModelTokenCounter {
  return {
    count(text) {
      let tokens = 0;
      for (let at = 0; at < text.length; at += pieceLength) tokens += countPiece(text.slice(at, at + pieceLength));
      return tokens;
    },
  };
}
