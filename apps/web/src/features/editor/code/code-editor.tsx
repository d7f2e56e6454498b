import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, type KeyBinding, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import type { Mark } from '../schema/check-document.ts';
import { pathAt } from '../schema/path-at.ts';
import type { YamlDocument } from '../schema/yaml-documents.ts';
import { askModelKey } from '../suggest/ask-model-key.ts';
import { askSelection } from '../suggest/ask-selection.ts';
import { ghostText } from '../suggest/ghost-text.ts';
import { suggestionAt } from '../suggest/suggestion.ts';
import { type EditorAssistance, useEditorAssistance } from '../suggest/use-editor-assistance.ts';
import { codeLook } from './code-theme.ts';
import { documentsOf, schemaAt } from './documents-of.ts';
import { documentationOf, type FieldDocumentation } from './field-documentation.ts';
import { pageNonce } from './page-nonce.ts';
import { completeFromSchema } from './schema-completion.ts';
import { schemaHover } from './schema-hover.ts';
import { marksOf, marksOutdated, schemaLint } from './schema-lint.ts';
import type { SchemaSource } from './schema-source.ts';

/** What the page around the editor can do with it. */
export interface EditorHandle {
  focus(): void;
  /** Puts the cursor there and shows it. */
  show(position: number): void;
}

export interface CodeEditorProps {
  /** Another value than the one that was told last takes the place of the text. */
  value: string;
  /** Left out: the text can be read, searched and copied. */
  onChange?: ((value: string) => void) | undefined;
  label: string;
  schemas: SchemaSource | null;
  /** What else there is to say of the documents; a new function is asked at once. */
  more?: ((documents: readonly YamlDocument[]) => readonly Mark[]) | undefined;
  onMarks?: ((marks: readonly Mark[]) => void) | undefined;
  /** The field that the cursor is in. */
  onField?: ((field: FieldDocumentation | null) => void) | undefined;
  onReady?: ((handle: EditorHandle) => void) | undefined;
  /** Esc, where nothing in the editor is open that it would close. */
  onLeave?: (() => void) | undefined;
}

const nothing: readonly Mark[] = [];

export function CodeEditor(props: CodeEditorProps) {
  const { value, label, schemas, more } = props;
  const words = useMessages().editor;
  const readOnly = props.onChange === undefined;
  const assistance = useEditorAssistance(label);
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (host.current === null) return;
    const told = (update: { docChanged: boolean; selectionSet: boolean; state: EditorState }) => {
      const { onChange, onField } = latest.current;
      if (update.docChanged) onChange?.(update.state.doc.toString());
      if (update.docChanged || update.selectionSet) onField?.(fieldAtCursor(update.state, schemas));
    };
    const state = EditorState.create({
      doc: latest.current.value,
      extensions: [
        ...base(label, readOnly, words.keys.phrases, () => latest.current.onLeave?.()),
        schemas === null ? [] : helped({ schemas, words, readOnly, latest }),
        ...assisted({ schemas, words, readOnly, latest, assistance }),
        EditorView.updateListener.of(told),
      ],
    });
    const editor = new EditorView({ state, parent: host.current });
    view.current = editor;
    latest.current.onReady?.({ focus: () => editor.focus(), show: (position) => show(editor, position) });
    const outdated = () => editor.dispatch({ effects: marksOutdated.of(null) });
    const stopListening = schemas?.onRead(outdated);
    return () => {
      stopListening?.();
      editor.destroy();
      view.current = null;
    };
  }, [label, readOnly, schemas, words, assistance]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: difference(editor.state.doc.toString(), value) });
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what `more` says has changed when it is another function.
  useEffect(() => view.current?.dispatch({ effects: marksOutdated.of(null) }), [more]);

  return <div ref={host} className="h-full min-h-0 overflow-hidden" />;
}

function helped({
  schemas,
  words,
  readOnly,
  latest,
}: {
  schemas: SchemaSource;
  words: ReturnType<typeof useMessages>['editor'];
  readOnly: boolean;
  latest: { current: CodeEditorProps };
}): Extension {
  const marks = schemaLint({
    schemas,
    words,
    more: (documents) => latest.current.more?.(documents) ?? nothing,
    onMarks: (found) => latest.current.onMarks?.(found),
  });
  if (readOnly) return schemaHover(schemas, words);
  return [
    schemaHover(schemas, words),
    marks,
    lintGutter(),
    autocompletion({ override: [completeFromSchema(schemas, words)], activateOnTyping: true, icons: false, closeOnBlur: true }),
    keymap.of([...completionKeymap, ...lintKeymap]),
  ];
}

interface Assisted {
  schemas: SchemaSource | null;
  words: ReturnType<typeof useMessages>['editor'];
  readOnly: boolean;
  latest: { current: CodeEditorProps };
  assistance: EditorAssistance;
}

/** What is suggested while one writes, and asking about what is selected. */
function assisted({ schemas, words, readOnly, latest, assistance: { suggestions, askModel, onAsk } }: Assisted): Extension[] {
  const asking = onAsk === null ? [] : [askSelection({ label: words.suggest.ask, onAsk })];
  if (readOnly || !suggestions || schemas === null) return asking;
  const find = (state: EditorState) => {
    const { head } = state.selection.main;
    const line = state.doc.lineAt(head);
    const more = (documents: readonly YamlDocument[]) => latest.current.more?.(documents) ?? nothing;
    return suggestionAt(state.doc.toString(), documentsOf(state), marksOf(state, { schemas, words, more }), { position: head, line }, words.suggest);
  };
  return [...asking, ghostText(find, words.suggest), ...(askModel === null ? [] : [askModelKey(askModel, words.suggest)])];
}

function base(label: string, readOnly: boolean, phrases: Record<string, string>, onLeave: () => void): Extension[] {
  return [
    pageNonce(),
    codeLook,
    yaml(),
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    foldGutter(),
    codeFolding(),
    drawSelection(),
    EditorView.lineWrapping,
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    EditorState.phrases.of(phrases),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.readOnly.of(readOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0', ...(readOnly ? { 'aria-readonly': 'true' } : {}) }),
    keymap.of([
      ...tabKeys(readOnly),
      ...closeBracketsKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Escape'),
    ]),
    keymap.of([{ key: 'Escape', run: (editor) => leave(editor, onLeave) }]),
  ];
}

/** Tab indents while one writes; Esc leaves the editor, and Tab moves on from there. */
function tabKeys(readOnly: boolean): KeyBinding[] {
  return readOnly ? [] : [{ key: 'Tab', run: (editor) => acceptCompletion(editor) || indentMore(editor), shift: indentLess }];
}

/** What is equal at both ends stays, and the cursor in it. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function leave(editor: EditorView, onLeave: () => void): boolean {
  if (editor.state.selection.ranges.length > 1) return false;
  editor.contentDOM.blur();
  onLeave();
  return true;
}

function show(editor: EditorView, position: number): void {
  const at = Math.min(position, editor.state.doc.length);
  editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  editor.focus();
}

function fieldAtCursor(state: EditorState, schemas: SchemaSource | null): FieldDocumentation | null {
  const { head } = state.selection.main;
  const known = schemas === null ? null : schemaAt(state, head, schemas);
  const found = known === null ? null : pathAt(known.document, head);
  return known === null || found === null ? null : documentationOf(known.schema, found.path);
}
