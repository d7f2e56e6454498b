import { toAppError } from '@quarterdeck/contract';
import { type Answer, type Asking, say } from '../asking.ts';
import { code, inText, label } from '../markdown.ts';
import type { NamedObject } from '../understand/question.ts';
import { section } from './description-text.ts';
import { issuesOf } from './issues-of.ts';
import { refFor } from './targets.ts';

/** Null where there is no such object. */
export async function* unlessMissing<T>(call: Answer<T>): Answer<T | null> {
  try {
    return yield* call;
  } catch (thrown) {
    if (toAppError(thrown).code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

/** An object that others refer to and that is not there: who does, and the issue that comes of it. */
export async function* missing(object: NamedObject, asking: Asking): Answer {
  const checked = await asking.cluster.checked(asking.signal);
  const ref = refFor(object);
  const referring = ref === null ? [] : checked.view.incoming(ref).map(({ from, type, path }) => `${label(from)} ${type} it, by ${code(path)}`);
  const [issue] = issuesOf(checked, [object]);
  yield say(
    [`${label(object)} does not exist.`, section('What refers to it', referring), section('Issues', issue === undefined ? [] : [inText(issue.title)])]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return { object, issueId: issue?.id ?? null };
}
