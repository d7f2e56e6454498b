import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { type EditorView, keymap, showTooltip, type Tooltip } from '@codemirror/view';

interface AskSelection {
  /** What the button says. */
  label: string;
  /** The selected text, or all of it. */
  onAsk(text: string): void;
}

const fewest = 3;

/** A button over what is selected, and Alt A: asks about it. */
export function askSelection({ label, onAsk }: AskSelection): Extension {
  const ask = (view: EditorView) => {
    const { from, to, empty } = view.state.selection.main;
    onAsk(empty ? view.state.doc.toString() : view.state.sliceDoc(from, to));
    return true;
  };
  const field = StateField.define<Tooltip | null>({
    create: (state) => over(state, label, ask),
    update: (value, { state, docChanged, selection }) => (docChanged || selection !== undefined ? over(state, label, ask) : value),
    provide: (own) => showTooltip.from(own),
  });
  return [field, keymap.of([{ key: 'Alt-a', run: ask }])];
}

function over({ selection: { main } }: EditorState, label: string, ask: (view: EditorView) => boolean): Tooltip | null {
  if (main.to - main.from < fewest) return null;
  const create = (view: EditorView) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'cm-ask';
    button.textContent = label;
    // The selection stays while the button is pressed.
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => ask(view);
    return { dom: button };
  };
  return { pos: main.head, above: main.head < main.anchor, create };
}
