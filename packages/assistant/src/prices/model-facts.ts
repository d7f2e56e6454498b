/** US dollars a million tokens, as `priceSource` had them; null where it does not say. */
export interface ModelFacts {
  /** The id of the provider. */
  provider: string;
  /** Every name that it is asked by. */
  names: readonly string[];
  input: number;
  cacheRead: number | null;
  cacheWrite: number | null;
  output: number;
  /** Tokens. */
  contextWindow: number;
  /** Tokens. */
  maxOutput: number;
}

/** Prices for text at the usual tier. What is written to Anthropic's cache costs a quarter more, as its documentation has it. */
export const priceSource = { source: 'llm-zoo 1.37.0 (MIT)', asOf: '2026-09-23' } as const;

type Row = readonly [
  provider: string,
  names: readonly string[],
  input: number,
  cacheRead: number | null,
  cacheWrite: number | null,
  output: number,
  contextWindow: number,
  maxOutput: number,
];

// biome-ignore format: one model a line
const rows: readonly Row[] = [
  ['anthropic', ['claude-fable-5-1'], 10, 0.25, 12.5, 50, 1000000, 128000],
  ['anthropic', ['claude-mythos-5-1'], 10, 0.25, 12.5, 50, 1000000, 128000],
  ['anthropic', ['claude-fable-5'], 10, 1, 12.5, 50, 1000000, 128000],
  ['anthropic', ['claude-mythos-5'], 10, 1, 12.5, 50, 1000000, 128000],
  ['anthropic', ['claude-opus-5-5'], 4, 0.2, 5, 20, 1000000, 128000],
  ['anthropic', ['claude-opus-5'], 5, 0.5, 6.25, 25, 1000000, 128000],
  ['anthropic', ['claude-opus-4-8'], 5, 0.5, 6.25, 25, 1000000, 128000],
  ['anthropic', ['claude-opus-4-7'], 5, 0.5, 6.25, 25, 1000000, 128000],
  ['anthropic', ['claude-opus-4-6'], 5, 0.5, 6.25, 25, 1000000, 128000],
  ['anthropic', ['claude-sonnet-5'], 2, 0.2, 2.5, 10, 1000000, 128000],
  ['anthropic', ['claude-sonnet-4-6'], 3, 0.3, 3.75, 15, 1000000, 64000],
  ['anthropic', ['claude-opus-4-5'], 5, 0.5, 6.25, 25, 200000, 64000],
  ['anthropic', ['claude-sonnet-4-5'], 3, 0.3, 3.75, 15, 200000, 64000],
  ['anthropic', ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'], 1, 0.1, 1.25, 5, 200000, 64000],
  ['openai', ['o4-mini-2025-04-16', 'o4-mini'], 1.1, null, null, 4.4, 200000, 100000],
  ['openai', ['o3-pro-2025-06-10', 'o3-pro'], 20, null, null, 80, 200000, 100000],
  ['openai', ['o3-2025-04-16', 'o3'], 2, null, null, 8, 200000, 100000],
  ['openai', ['o3-mini-2025-01-31', 'o3-mini'], 1.1, null, null, 4.4, 200000, 100000],
  ['openai', ['o1-pro-2025-03-19', 'o1-pro'], 150, null, null, 600, 200000, 100000],
  ['openai', ['o1-2024-12-17', 'o1'], 15, null, null, 60, 200000, 100000],
  ['openai', ['gpt-5-pro-2025-10-06', 'gpt-5-pro'], 15, null, null, 120, 400000, 272000],
  ['openai', ['gpt-5-2025-08-07', 'gpt-5'], 1.25, null, null, 10, 400000, 128000],
  ['openai', ['gpt-5.1-2025-11-13', 'gpt-5.1'], 1.25, null, null, 10, 400000, 128000],
  ['openai', ['gpt-5.2-pro-2025-12-11', 'gpt-5.2-pro'], 21, null, null, 168, 400000, 128000],
  ['openai', ['gpt-5.2-2025-12-11', 'gpt-5.2'], 1.75, null, null, 14, 400000, 128000],
  ['openai', ['gpt-5.3-codex'], 1.75, null, null, 14, 400000, 128000],
  ['openai', ['gpt-5.4-pro-2026-03-05', 'gpt-5.4-pro'], 30, null, null, 180, 1050000, 128000],
  ['openai', ['gpt-5.5-2026-04-23', 'gpt-5.5'], 5, null, null, 30, 1050000, 128000],
  ['openai', ['gpt-5.5-pro-2026-04-23', 'gpt-5.5-pro'], 30, null, null, 180, 1050000, 128000],
  ['openai', ['gpt-5.6-sol', 'gpt-5.6'], 4, 0.4, 4, 20, 1050000, 128000],
  ['openai', ['gpt-5.6-terra'], 2, 0.2, 2, 12, 1050000, 128000],
  ['openai', ['gpt-5.6-luna'], 0.2, 0.02, 0.2, 1.2, 1050000, 128000],
  ['openai', ['gpt-6-astra'], 10, 1, 10, 50, 1050000, 128000],
  ['openai', ['gpt-6-sol'], 2, 0.2, 2, 10, 1050000, 128000],
  ['openai', ['gpt-6-luna'], 0.1, 0.01, 0.1, 0.5, 1050000, 128000],
  ['openai', ['gpt-5.4-2026-03-05', 'gpt-5.4'], 2.5, null, null, 15, 1050000, 128000],
  ['openai', ['gpt-5.4-mini-2026-03-17', 'gpt-5.4-mini'], 0.75, null, null, 4.5, 400000, 128000],
  ['openai', ['gpt-5.4-nano-2026-03-17', 'gpt-5.4-nano'], 0.2, null, null, 1.25, 400000, 128000],
  ['openai', ['gpt-5-mini-2025-08-07', 'gpt-5-mini'], 0.25, null, null, 2, 400000, 128000],
  ['openai', ['gpt-5-nano-2025-08-07', 'gpt-5-nano'], 0.05, null, null, 0.4, 400000, 128000],
  ['openai', ['gpt-4.1-2025-04-14', 'gpt-4.1'], 2, null, null, 8, 1000000, 32768],
  ['openai', ['gpt-4.1-mini-2025-04-14', 'gpt-4.1-mini'], 0.4, null, null, 1.6, 1000000, 32768],
  ['openai', ['gpt-4.1-nano-2025-04-14', 'gpt-4.1-nano'], 0.1, null, null, 0.4, 1000000, 32768],
  ['openai', ['gpt-4o-2024-11-20', 'gpt-4o'], 2.5, null, null, 10, 128000, 16384],
  ['openai', ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'], 0.15, null, null, 0.6, 128000, 16384],
  ['gemini', ['gemini-3.8-flash'], 0.75, 0.075, 0.75, 3.75, 1048576, 65536],
  ['gemini', ['gemini-3.7-flash'], 0.75, 0.075, 0.75, 3.75, 1048576, 65536],
  ['gemini', ['gemini-3.6-flash'], 1.5, 0.15, 1.5, 7.5, 1048576, 65536],
  ['gemini', ['gemini-3.5-flash-lite'], 0.3, 0.03, 0.3, 2.5, 1048576, 65536],
  ['gemini', ['gemini-3.5-flash'], 1.5, 0.15, 1.5, 9, 1048576, 65536],
  ['gemini', ['gemini-3.1-pro-preview'], 2, 0.5, 2, 12, 1048576, 65536],
  ['gemini', ['gemini-3.1-flash-lite'], 0.25, 0.0625, 0.25, 1.5, 1048576, 65536],
  ['gemini', ['gemini-2.5-pro'], 1.25, 0.3125, 1.25, 10, 1048576, 65536],
  ['gemini', ['gemini-flash-latest'], 0.3, 0.075, 0.3, 2.5, 1048576, 65536],
  ['gemini', ['gemini-2.5-flash'], 0.3, 0.075, 0.3, 2.5, 1048576, 65536],
];

export const modelFacts: readonly ModelFacts[] = rows.map(([provider, names, input, cacheRead, cacheWrite, output, contextWindow, maxOutput]) => ({
  ...{ provider, names, input, cacheRead, cacheWrite },
  ...{ output, contextWindow, maxOutput },
}));

/** Only for a name that is known as it stands: a model that is called nearly so may cost something else. */
export function factsOfModel(provider: string, model: string): ModelFacts | null {
  return modelFacts.find((facts) => facts.provider === provider && facts.names.includes(model)) ?? null;
}
