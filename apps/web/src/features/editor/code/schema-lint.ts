import { type Action, type Diagnostic, linter } from '@codemirror/lint';
import { type EditorState, type Extension, StateEffect } from '@codemirror/state';
import type { Messages } from '../../../messages/language.ts';
import { checkDocument, checkHead, type Mark } from '../schema/check-document.ts';
import type { YamlDocument } from '../schema/yaml-documents.ts';
import { documentsOf } from './documents-of.ts';
import type { SchemaSource } from './schema-source.ts';

/** Something that the marks follow from is known now. */
export const marksOutdated = StateEffect.define<null>();

export interface MarkSources {
  schemas: SchemaSource;
  words: Messages['editor'];
  /** What else there is to say of the documents: by the object that is edited, by the server. */
  more(documents: readonly YamlDocument[]): readonly Mark[];
  onMarks(marks: readonly Mark[]): void;
}

/** Marks what is wrong, at its place, a moment after one stops typing. */
export function schemaLint(sources: MarkSources): Extension {
  return linter(
    ({ state }) => {
      const marks = marksOf(state, sources);
      sources.onMarks(marks);
      return marks.map((mark): Diagnostic => ({ ...mark, actions: actionsOf(mark, sources.words) }));
    },
    { delay: 300, needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((effect) => effect.is(marksOutdated))) },
  );
}

/** The quick fix, where there is one. */
function actionsOf({ fix }: Mark, words: Messages['editor']): Action[] {
  if (fix === undefined) return [];
  return [{ name: words.suggest.fix(fix), apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: fix }, userEvent: 'input.complete' }) }];
}

export function marksOf(state: EditorState, { schemas, words, more }: Omit<MarkSources, 'onMarks'>): Mark[] {
  const documents = documentsOf(state);
  const found = documents.flatMap((document) => {
    if (document.errors.length > 0) return document.errors.map((error): Mark => ({ ...error, severity: 'error' }));
    const head = checkHead(document, words.marks);
    const { apiVersion, kind } = document;
    const schema = apiVersion === null || kind === null ? null : schemas.get(apiVersion, kind);
    return [...head, ...(schema === null ? [] : checkDocument(document, schema, words.marks))];
  });
  const end = state.doc.length;
  return [...found, ...more(documents)]
    .map((mark) => ({ ...mark, from: Math.min(mark.from, end), to: Math.min(mark.to, end) }))
    .sort((a, b) => a.from - b.from);
}
