import type { ResourceKind } from '@quarterdeck/contract';

/** A text in a line of output, and where it begins. */
export interface FoundText {
  index: number;
  text: string;
}

/** `src/app.ts:12:3`, `./main.go`, `/etc/hosts`: what may be a file, by how it looks. Whether it is one, the server says. */
const path = /(?<![\w/:@.-])(?:~\/|\.{1,2}\/|\/)?[\w@+-][\w.@+-]*(?:\/[\w.@+-]+)*(?:\.\w+)?(?::\d+(?::\d+)?)?/g;
/** Of one line: a listing has more words than anybody points at. */
const mostPaths = 40;

export function pathsIn(line: string): FoundText[] {
  return [...line.matchAll(path)]
    .map(({ index, 0: text }) => ({ index, text }))
    .filter(({ text }) => /[/.:]/.test(text) && !/^[\d.:]+$/.test(text))
    .slice(0, mostPaths);
}

export interface FoundObject extends FoundText {
  kind: ResourceKind;
  name: string;
}

const named = /(?<![\w./-])([A-Za-z][A-Za-z0-9]*)(?:\.[a-z0-9.-]+)?\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?![\w/])/g;

/** `pod/web-1`, `deployment.apps/api`: as kubectl writes and takes them. */
export function objectsIn(line: string, kinds: readonly ResourceKind[]): FoundObject[] {
  return [...line.matchAll(named)].flatMap(({ index, 0: text, 1: word = '', 2: name = '' }) => {
    const wanted = word.toLowerCase();
    const kind = kinds.find((each) => each.kind.toLowerCase() === wanted || each.plural === wanted || each.shortNames.includes(wanted));
    return kind === undefined ? [] : [{ index, text, kind, name }];
  });
}

const generated = /(?<![\w./-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?-(?:[bcdfghjklmnpqrstvwxz2456789]{5}|\d+)(?![\w./-])/g;

/** Names that look like those of pods. Whether there is such a pod, the index says. */
export function podNamesIn(line: string): FoundText[] {
  return [...line.matchAll(generated)].map(({ index, 0: text }) => ({ index, text })).slice(0, 5);
}
