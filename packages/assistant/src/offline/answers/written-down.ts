import type { KnowledgeHit } from '../../knowledge/knowledge.ts';
import { type Answer, type Asking, nothingPointed, say } from '../asking.ts';
import { code, inText } from '../markdown.ts';
import type { Question } from '../understand/question.ts';

/** Characters of a passage; its citation leads to the rest. */
const longestExcerpt = 600;

/** What people wrote down about it: runbooks and resolved issues. */
export async function* writtenDown({ text, subject }: Extract<Question, { intent: 'knowledge' }>, { knowledge }: Asking): Answer {
  const [object] = subject?.matches ?? [];
  const pointed = object === undefined ? nothingPointed : { object, issueId: null };
  if (knowledge === null) {
    yield say('There are no runbooks here. `--runbooks FOLDER` names a folder of Markdown files.');
    return pointed;
  }
  const found = knowledge.search({
    text: text.replace(/\b(?:runbooks?|playbooks?|known|happened|seen|before|resolved|issues?|problems?|incidents?)\b/gi, ''),
    kinds: object === undefined ? [] : [object.kind],
    limit: 4,
  });
  yield say(found.length === 0 ? 'Nobody wrote anything down about that.' : found.map(hitText).join('\n\n'));
  return pointed;
}

/** A passage as a quotation: it is a person's text, not ours. */
export function hitText({ title, citation, text }: KnowledgeHit): string {
  const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)} …` : text;
  return `${inText(title)} (${code(citation)})\n\n${excerpt.replaceAll('](', '] (').replace(/^/gm, '> ')}`;
}
