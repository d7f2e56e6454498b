import type { WireFormat } from '../wire-format.ts';
import { anthropicFormat } from './anthropic.ts';
import { mistralFormat, openaiCompatibleFormat } from './chat-completions.ts';
import { geminiFormat } from './gemini.ts';
import { ollamaFormat } from './ollama.ts';
import { azureFormat, openaiFormat } from './openai.ts';

/** One for every kind of the registry. */
export const wireFormats: readonly WireFormat[] = [
  anthropicFormat,
  openaiFormat,
  azureFormat,
  geminiFormat,
  mistralFormat,
  ollamaFormat,
  openaiCompatibleFormat,
];
