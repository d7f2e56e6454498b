import type { Messages } from '../../messages/language.ts';
import type { LogSubject } from './log-subject.ts';

/** `shop/api`, `shop/api-0 and 2 more`, with the run where it is the previous one. */
export function subjectName({ targets, previous }: LogSubject, { logs }: Messages): string {
  const [first, ...others] = targets;
  if (first === undefined) return logs.title;
  const name = `${first.namespace}/${first.name}`;
  const all = others.length === 0 ? name : logs.several(name, others.length);
  return previous ? logs.previousOf(all) : all;
}
