import { type Answer, type Asking, nothingPointed, say } from '../asking.ts';
import { code } from '../markdown.ts';
import type { Subject } from '../understand/question.ts';

/** Nothing has the name that was asked about: says so, and which names are near. */
export async function* unknownName({ text, near }: Subject, { focus }: Asking): Answer {
  const where = focus.namespace === null ? 'this cluster' : `the namespace ${focus.namespace} or the rest of this cluster`;
  const hint = near.length === 0 ? 'Ask "list deployments" to see what there is.' : `Did you mean ${near.map(code).join(', ')}?`;
  yield say(`I find nothing called ${code(text)} in ${where}. ${hint}`);
  return nothingPointed;
}
