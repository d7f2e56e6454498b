import { AppError } from '@quarterdeck/contract';
import * as z from 'zod';
import type { AssistantTool } from '../tools/assistant-tool.ts';
import { defineAssistantTool } from '../tools/define-tool.ts';

/** Characters of one result that a model is given at once; some three thousand tokens. */
export const shownLength = 12_000;
/** Of all results of an answer together. */
const mostKept = 4_000_000;

/** What tools gave and was too long to be shown, for as long as the answer is written. */
export class ResultShelf {
  private readonly texts = new Map<string, string>();
  private size = 0;

  /** The text, or its beginning with how to get the rest. */
  show(text: string): string {
    if (text.length <= shownLength) return text;
    const rest = text.length - shownLength;
    if (this.size + text.length > mostKept)
      return `${text.slice(0, shownLength)}\n… ${rest} more characters are not kept. Ask for less: a namespace, a filter or a smaller limit.`;
    const handle = `r${this.texts.size + 1}`;
    this.texts.set(handle, text);
    this.size += text.length;
    return `${text.slice(0, shownLength)}\n… ${rest} more characters. read_more with handle "${handle}" and offset ${shownLength} goes on; with \`find\` it looks for words.`;
  }

  /** The tool that reads on. */
  readonly tool: AssistantTool = defineAssistantTool({
    name: 'read_more',
    title: 'Read more',
    description: 'The rest of a result that was too long, from an offset on, or the lines of it that have certain words.',
    permission: 'ai:chat',
    effect: 'read',
    input: z.object({ handle: z.string().max(20), offset: z.number().int().nonnegative().default(0), find: z.string().max(200).optional() }),
    run: async ({ handle, offset, find }) => {
      const text = this.texts.get(handle);
      if (text === undefined) throw new AppError('NOT_FOUND', `There is no result "${handle}".`, { hint: 'Use a handle that a result of this answer named.' });
      return { value: find === undefined ? page(text, offset) : matching(text, find), seen: [] };
    },
  });
}

function page(text: string, offset: number): string {
  const part = text.slice(offset, offset + shownLength);
  const next = offset + part.length;
  return next >= text.length ? part : `${part}\n… ${text.length - next} more characters, from offset ${next} on.`;
}

function matching(text: string, find: string): string {
  const words = find.toLowerCase().split(/\s+/);
  const lines = text.split('\n').filter((line) => words.every((word) => line.toLowerCase().includes(word)));
  const found = lines.join('\n');
  return found.length <= shownLength
    ? found || 'No line has these words.'
    : `${found.slice(0, shownLength)}\n… ${lines.length} lines have these words; name more of them.`;
}
