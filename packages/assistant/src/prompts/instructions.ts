import type { AssistantMemory } from '@quarterdeck/contract';
import type { InstructionPart } from '../model/model-port.ts';
import type { Intent } from '../sources/context-source.ts';
import { promptName, readPrompt } from './prompt-files.ts';

export interface Instructions {
  /** `assistant@1 troubleshoot@1`. */
  name: string;
  parts: InstructionPart[];
}

/**
 * What a model is told before the conversation: the same for everybody first, so that providers keep it, then what this
 * person wants and told. `seal` takes out what must not leave.
 */
export function instructionsFor(intent: Intent, memory: AssistantMemory, seal: (text: string) => string): Instructions {
  const prompts = [readPrompt('assistant'), readPrompt(intent)];
  const [general, special] = prompts.map(({ text }) => text);
  const own = [
    ...(memory.instructions === '' ? [] : [`How this person wants to be answered:\n${memory.instructions}`]),
    ...(memory.facts.length === 0 ? [] : [`What this person told of their systems:\n${memory.facts.map((fact) => `- ${fact}`).join('\n')}`]),
  ];
  return {
    name: prompts.map(promptName).join(' '),
    parts: [{ text: general ?? '', cacheable: true }, ...own.map((text) => ({ text: seal(text), cacheable: true })), { text: special ?? '', cacheable: false }],
  };
}
