import type { HealthState, TerminalBlock } from '@quarterdeck/contract';
import type { Messages } from '../../../messages/language.ts';
import { formatElapsed } from './format-elapsed.ts';

/** Killed by Ctrl C is nobody's failure. */
const interrupted = 130;

export function stateOfBlock({ exit, endOffset }: TerminalBlock): HealthState {
  if (endOffset === null) return 'pending';
  if (exit === null) return 'unknown';
  return exit === 0 ? 'healthy' : exit === interrupted ? 'low' : 'missing';
}

export function hasFailed(block: TerminalBlock): boolean {
  return stateOfBlock(block) === 'missing';
}

/** How it went and how long it took, in words. */
export function outcomeOf({ exit, endOffset, durationMs }: TerminalBlock, messages: Messages['terminal'], language: string): string {
  if (endOffset === null) return messages.running;
  const outcome = exit === null ? messages.exitUnknown : messages.exit(exit);
  return durationMs === null ? outcome : `${outcome} · ${formatElapsed(durationMs, language)}`;
}
