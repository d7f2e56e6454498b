import { type Answer, type Asking, nothingPointed, say } from '../asking.ts';
import { code } from '../markdown.ts';
import type { Subject } from '../understand/question.ts';

/** Nothing has the name that was asked about, or several may be meant: says so, and which names there are. */
export async function* unknownName({ text, near, oneOfSeveral }: Subject, { focus }: Asking): Answer {
  if (oneOfSeveral === true) {
    yield say(`Which ${text}? There are ${near.map(code).join(', ')}: ask with the name.`);
    return nothingPointed;
  }
  const where = focus.namespace === null ? 'this cluster' : `the namespace ${focus.namespace} or the rest of this cluster`;
  const hint = near.length === 0 ? 'Ask "list deployments" to see what there is.' : `Did you mean ${near.map(code).join(', ')}?`;
  yield say(`I find nothing called ${code(text)} in ${where}. ${hint}`);
  return nothingPointed;
}

const mostNamed = 8;

/** A namespace that is certainly not there, and those whose names are near. */
export async function* unknownNamespace(name: string, near: readonly string[], all: readonly string[]): Answer {
  const there = `There are ${all.slice(0, mostNamed).map(code).join(', ')}${all.length > mostNamed ? ', …' : ''}.`;
  yield say(`There is no namespace ${code(name)}. ${near.length > 0 ? `Did you mean ${near.map(code).join(', ')}?` : there}`);
  return nothingPointed;
}
