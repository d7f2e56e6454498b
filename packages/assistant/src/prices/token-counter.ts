/** A piece: merging bytes takes ever longer in long runs without a break, and hostile text is made of those. */
const pieceLength = 2_000;
/** Other vendors' tokenizers make more of the same text; corrected by what they really count. */
const firstFactor = 1.25;
const [leastFactor, mostFactor] = [0.5, 4];
/** How much one answer weighs against what was learned before. */
const weight = 0.3;
/** Below it the few tokens around a prompt count more than its text. */
const leastTokens = 200;

/** Counts as OpenAI's o200k does, which is near enough to all others once it is corrected. */
export interface ModelTokenCounter {
  /** Tokens of o200k. */
  count(text: string): number;
  /** What the model will count at most, as far as is known. */
  estimate(text: string, model: string): number;
  /** What a model said that a text was, `counted` being what `count` says of it. */
  learn(model: string, counted: number, used: number): void;
}

/** Loads the vocabulary: a quarter of a second, once in a program. */
export async function loadTokenCounter(): Promise<ModelTokenCounter> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  // What stands in a log is text, also where it looks like a mark of the tokenizer.
  const noMarks = { disallowedSpecial: new Set<string>() };
  return createTokenCounter((text) => countTokens(text, noMarks));
}

export function createTokenCounter(countPiece: (text: string) => number): ModelTokenCounter {
  const factors = new Map<string, number>();
  const count = (text: string) => {
    let tokens = 0;
    for (let at = 0; at < text.length; at += pieceLength) tokens += countPiece(text.slice(at, at + pieceLength));
    return tokens;
  };
  return {
    count,
    estimate: (text, model) => Math.ceil(count(text) * (factors.get(model) ?? firstFactor)),
    learn(model, counted, used) {
      if (counted < leastTokens || used <= 0) return;
      const seen = Math.min(mostFactor, Math.max(leastFactor, used / counted));
      const before = factors.get(model);
      // A model that counted more than was thought is believed at once: too small an estimate loses the answer.
      factors.set(model, before === undefined || seen > before ? seen : before + (seen - before) * weight);
    },
  };
}
