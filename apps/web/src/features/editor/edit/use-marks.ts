import { useCallback, useState } from 'react';
import { useMessages } from '../../../messages/language.ts';
import type { Mark } from '../schema/check-document.ts';
import { changedForGood } from '../schema/immutable-fields.ts';
import { spanOfPath } from '../schema/path-at.ts';
import { pathText } from '../schema/schema-walk.ts';
import { objectIn, type YamlDocument } from '../schema/yaml-documents.ts';
import type { PlainObject } from './editable.ts';

/** What is wrong with the text of one object, besides what its schema says: other documents, fields that can't be changed. */
export function useMarks(base: PlainObject) {
  const words = useMessages().editor.marks;
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const more = useCallback(
    (documents: readonly YamlDocument[]): Mark[] => {
      const [first, second] = documents.filter(({ root }) => root !== null);
      const several: Mark[] = second === undefined ? [] : [{ from: second.from, to: second.from + 1, severity: 'error', message: words.severalDocuments }];
      const edited = objectIn(first);
      if (first === undefined || edited === null) return several;
      const sealed = changedForGood({ ...base }, edited).map(
        (path): Mark => ({ ...spanOfPath(first, path), severity: 'warning', message: words.immutable(pathText(path)) }),
      );
      return [...several, ...sealed];
    },
    [base, words],
  );
  return { marks, more, setMarks };
}
