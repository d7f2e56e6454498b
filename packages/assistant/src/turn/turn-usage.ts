import type { TokenUsage } from '@quarterdeck/contract';
import type { ChainRequest } from '../failover/model-chain.ts';
import type { ModelUsage } from '../model/model-port.ts';

export const noUsage: TokenUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, estimated: false };

/** What a provider said, with what it left open counted by us. */
export function usageOf(said: ModelUsage | null, request: ChainRequest, answer: string, countTokens: (text: string) => number): TokenUsage {
  const estimated = said?.input == null || said.output == null;
  return {
    input: said?.input ?? countTokens(textOf(request)),
    cacheRead: said?.cacheRead ?? 0,
    cacheWrite: said?.cacheWrite ?? 0,
    output: said?.output ?? countTokens(answer),
    estimated,
  };
}

export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  return {
    input: a.input + b.input,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    output: a.output + b.output,
    estimated: a.estimated || b.estimated,
  };
}

function textOf({ instructions, messages, tools }: ChainRequest): string {
  const described = tools.map(({ name, description }) => `${name} ${description}`);
  return [...instructions.map(({ text }) => text), ...messages.map(({ text }) => text), ...described].join('\n');
}
