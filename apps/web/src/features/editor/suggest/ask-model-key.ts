import type { Extension } from '@codemirror/state';
import { EditorView, keymap, ViewPlugin } from '@codemirror/view';
import type { Messages } from '../../../messages/language.ts';
import { suggest } from './ghost-text.ts';
import type { AskSuggestion } from './use-model-suggestion.ts';

/** Alt \ asks a model for what belongs at the cursor; whatever one types gives it up. */
export function askModelKey(ask: AskSuggestion, words: Messages['editor']['suggest']): Extension {
  const asking = ViewPlugin.fromClass(
    class {
      leaving: AbortController | null = null;

      update({ docChanged }: { docChanged: boolean }): void {
        if (docChanged) this.leaving?.abort();
      }

      destroy(): void {
        this.leaving?.abort();
      }
    },
  );
  const say = (view: EditorView, text: string) => view.dispatch({ effects: EditorView.announce.of(text) });
  const run = (view: EditorView) => {
    const plugin = view.plugin(asking);
    if (plugin === null) return false;
    plugin.leaving?.abort();
    const leaving = new AbortController();
    plugin.leaving = leaving;
    say(view, words.asking);
    const { head } = view.state.selection.main;
    ask(view.state.doc.toString(), head, leaving.signal).then(
      (found) => {
        if (leaving.signal.aborted) return;
        if (found === null) say(view, words.noModel);
        else
          view.dispatch({
            effects: [suggest.of(found), EditorView.announce.of(words.hint(words.byModel(String(typeof found.by === 'string' ? '' : found.by.model))))],
          });
      },
      () => leaving.signal.aborted || say(view, words.noModel),
    );
    return true;
  };
  return [asking, keymap.of([{ key: 'Alt-\\', run }])];
}
