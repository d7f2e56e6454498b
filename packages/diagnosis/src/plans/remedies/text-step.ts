import type { ObjectRef } from '@quarterdeck/contract';
import type { RemedyStep } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { hasRollout, inNamespace, patchStep, restartStep } from './step.ts';

/** The text at a field path as evidence shows it: `spec.containers[0].env[1].value`, `data["app.yaml"]`; null where there is none. */
export function textAt(ref: ObjectRef, path: string, view: ClusterView): string | null {
  const parts = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) => quoted ?? index ?? name ?? '');
  const found = parts.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined), view.find(ref));
  return typeof found === 'string' ? found : null;
}

/** The text at a path that names a word; of a list of words (a command) the one that does. Null where none is. */
export function placeNaming(word: string, ref: ObjectRef, path: string, view: ClusterView): { path: string; text: string } | null {
  const text = textAt(ref, path, view);
  if (text !== null) return text.includes(word) ? { path, text } : null;
  for (let index = 0, item = textAt(ref, `${path}[0]`, view); item !== null; index += 1, item = textAt(ref, `${path}[${index}]`, view)) {
    if (item.includes(word)) return { path: `${path}[${index}]`, text: item };
  }
  return null;
}

/** Writes another text into a field; who reads a ConfigMap is restarted, as nothing else makes it read again. */
export function textSteps(ref: ObjectRef, path: string, text: { old: string; right: string }, description: string, view: ClusterView): RemedyStep[] {
  const step = patchStep({ ref, description }, [{ op: 'replace', path, value: text.right }], [{ op: 'replace', path, value: text.old }]);
  const consumers = ref.kind === 'ConfigMap' ? view.incoming(ref).flatMap(({ from }) => (hasRollout(from) ? [from] : [])) : [];
  const unique = [...new Map(consumers.map((consumer) => [`${consumer.kind}/${consumer.name}`, consumer])).values()];
  const validation = hasRollout(ref) ? step.validation : `${commandLine(inNamespace(ref, ['describe', ref.kind.toLowerCase(), ref.name]))} shows the new text.`;
  return [{ ...step, validation }, ...unique.map((consumer) => restartStep(consumer, `it reads ConfigMap ${ref.name} again`))];
}
