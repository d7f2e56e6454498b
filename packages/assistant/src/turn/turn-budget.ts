import type { AssistantLimits } from '@quarterdeck/contract';

type Limits = Pick<AssistantLimits, 'stepsPerAnswer' | 'toolCallsPerAnswer' | 'secondsPerAnswer' | 'tokensPerAnswer' | 'costPerAnswer'>;

/** What one answer may use, and what it has used. */
export class TurnBudget {
  private readonly limits: Limits;
  private steps = 0;
  private calls = 0;
  private tokens = 0;
  private cost = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Milliseconds. */
  get timeLimit(): number {
    return this.limits.secondsPerAnswer * 1_000;
  }

  countStep(): void {
    this.steps += 1;
  }

  /** How many of these calls may still be made. */
  takeCalls(wanted: number): number {
    const allowed = Math.max(0, Math.min(wanted, this.limits.toolCallsPerAnswer - this.calls));
    this.calls += allowed;
    return allowed;
  }

  spend(tokens: number, cost: number | null): void {
    this.tokens += tokens;
    this.cost += cost ?? 0;
  }

  /** Tokens that an answer may have so that the limits hold, of a request that is so long and priced so. */
  outputLeft({ tokens, cost, perToken }: { tokens: number; cost: number; perToken: number }): number {
    const { tokensPerAnswer, costPerAnswer } = this.limits;
    const byTokens = tokensPerAnswer - this.tokens - tokens;
    const byCost = costPerAnswer === null || perToken <= 0 ? Infinity : (costPerAnswer - this.cost - cost) / perToken;
    return Math.max(leastAnswer, Math.floor(Math.min(byTokens, byCost)));
  }

  /** Why the next request must be the last; null while it need not. */
  exhausted(): string | null {
    const { stepsPerAnswer, toolCallsPerAnswer, tokensPerAnswer, costPerAnswer } = this.limits;
    if (this.steps >= stepsPerAnswer - 1) return `the limit of ${stepsPerAnswer} steps`;
    if (this.calls >= toolCallsPerAnswer) return `the limit of ${toolCallsPerAnswer} calls`;
    if (this.tokens >= tokensPerAnswer * lastShare) return `the limit of ${tokensPerAnswer} tokens`;
    if (costPerAnswer !== null && this.cost >= costPerAnswer * lastShare) return `the limit of $${costPerAnswer}`;
    return null;
  }

  /** Why not even a last request may be made. */
  overdrawn(): string | null {
    const { tokensPerAnswer, costPerAnswer } = this.limits;
    if (this.tokens >= tokensPerAnswer) return `the limit of ${tokensPerAnswer} tokens`;
    return costPerAnswer !== null && this.cost >= costPerAnswer ? `the limit of $${costPerAnswer}` : null;
  }
}

/** Tokens: with fewer nothing can be said, so that an answer ends with words and not in the middle of one. */
const leastAnswer = 256;
/** What is left is for saying what was found. */
const lastShare = 0.8;
