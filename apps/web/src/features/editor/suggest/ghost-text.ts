import { completionStatus } from '@codemirror/autocomplete';
import { type EditorState, type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate, WidgetType } from '@codemirror/view';
import type { Messages } from '../../../messages/language.ts';
import type { Suggestion } from './suggestion.ts';

type Words = Messages['editor']['suggest'];

/** Milliseconds of quiet before anything is worked out: nothing happens while one types. */
const quiet = 350;

/** Shows a suggestion at the cursor; null takes it away. */
export const suggest = StateEffect.define<Suggestion | null>();

const shown = StateField.define<Suggestion | null>({
  create: () => null,
  update(value, transaction) {
    const told = transaction.effects.find((effect) => effect.is(suggest));
    if (told !== undefined) return told.value;
    // Whatever one does goes on without it.
    return transaction.docChanged || transaction.selection !== undefined ? null : value;
  },
});

/** Suggestions as pale text: Tab takes one, Esc puts it away until the text changes. `find` is asked when it is quiet. */
export function ghostText(find: (state: EditorState) => Suggestion | null, words: Words): Extension {
  return [
    shown,
    EditorView.decorations.from(shown, (suggestion) => (state) => decorated(suggestion, state.state, words)),
    watcher(find, words),
    Prec.highest(
      keymap.of([
        { key: 'Tab', run: accept },
        { key: 'Escape', run: dismiss },
      ]),
    ),
  ];
}

function decorated(suggestion: Suggestion | null, state: EditorState, words: Words): DecorationSet {
  if (suggestion === null || suggestion.to > state.doc.length) return Decoration.none;
  const widget = new GhostWidget(suggestion, words);
  return Decoration.set([Decoration.widget({ widget, side: 1 }).range(Math.max(suggestion.to, state.selection.main.head))]);
}

class GhostWidget extends WidgetType {
  private readonly suggestion: Suggestion;
  private readonly words: Words;

  constructor(suggestion: Suggestion, words: Words) {
    super();
    this.suggestion = suggestion;
    this.words = words;
  }

  override eq({ suggestion }: GhostWidget): boolean {
    return suggestion === this.suggestion;
  }

  override toDOM(): HTMLElement {
    const { insert, label, by, from, to } = this.suggestion;
    const ghost = document.createElement('span');
    ghost.className = 'cm-ghost';
    const hint = document.createElement('span');
    hint.className = 'cm-ghost-hint';
    hint.textContent = this.words.hint(by === 'check' ? label : this.words.byModel(by.model));
    // A text that takes another's place is named; one that is added stands as it would.
    const isFix = to > from && insert.trim() !== '' && !insert.includes('\n');
    ghost.append(...(isFix ? [hint] : [hint, document.createTextNode(insert.startsWith('\n') ? insert : `\n${insert}`)]));
    return ghost;
  }
}

function accept(view: EditorView): boolean {
  const suggestion = view.state.field(shown);
  if (suggestion === null || completionStatus(view.state) === 'active') return false;
  const { from, to, insert } = suggestion;
  const after = from + insert.length;
  const { head } = view.state.selection.main;
  // Behind what was added; where something else in the line was mended, the cursor stays with its text.
  const anchor = head > to ? head + insert.length - (to - from) : after;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor }, effects: suggest.of(null), userEvent: 'input.complete', scrollIntoView: true });
  return true;
}

function dismiss(view: EditorView): boolean {
  const suggestion = view.state.field(shown);
  if (suggestion === null || completionStatus(view.state) === 'active') return false;
  view.dispatch({ effects: [suggest.of(null), dismissed.of(suggestion)] });
  return true;
}

/** Put away by a person: not shown again until the text changes. */
const dismissed = StateEffect.define<Suggestion>();

function watcher(find: (state: EditorState) => Suggestion | null, words: Words): Extension {
  return ViewPlugin.fromClass(
    class {
      private timer: ReturnType<typeof setTimeout> | undefined;
      private hidden = new Set<string>();

      update({ docChanged, selectionSet, focusChanged, transactions, view }: ViewUpdate): void {
        if (docChanged) this.hidden.clear();
        for (const effect of transactions.flatMap(({ effects }) => effects)) if (effect.is(dismissed)) this.hidden.add(keyOf(effect.value));
        if (!docChanged && !selectionSet && !focusChanged) return;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.show(view), quiet);
      }

      destroy(): void {
        clearTimeout(this.timer);
      }

      private show(view: EditorView): void {
        if (!view.hasFocus || completionStatus(view.state) !== null || !view.state.selection.main.empty) return;
        const found = find(view.state);
        if (found === null || this.hidden.has(keyOf(found))) return;
        view.dispatch({ effects: [suggest.of(found), EditorView.announce.of(words.hint(found.label))] });
      }
    },
  );
}

function keyOf({ from, insert }: Suggestion): string {
  return `${from} ${insert}`;
}
