import type { AssistantMemory } from '@quarterdeck/contract';

export interface MemoryDraft {
  instructions: string;
  /** One a line. */
  facts: string;
}

export function draftOfMemory({ instructions, facts }: AssistantMemory): MemoryDraft {
  return { instructions, facts: facts.join('\n') };
}

export function memoryOf({ instructions, facts }: MemoryDraft): AssistantMemory {
  const lines = facts.split('\n').map((line) => line.trim());
  return { instructions: instructions.trim(), facts: lines.filter((line) => line !== '') };
}
