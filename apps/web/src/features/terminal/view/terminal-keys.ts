type PressedKey = Pick<KeyboardEvent, 'type' | 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'preventDefault'>;

/** What keys do that are the page's and not the program's. Each may say false: then the program gets the key after all. */
export interface TerminalKeyActions {
  find(): void;
  copy(): boolean;
  zoom(step: 1 | -1 | 0): void;
  /** To the command before or after what is seen; those that follow are missing where there is nothing of the kind. */
  jump?: ((backwards: boolean) => void) | undefined;
  complete?: (() => void) | undefined;
  split?: ((direction: 'row' | 'column') => void) | undefined;
  maximise?: (() => void) | undefined;
  focusPane?: ((step: 1 | -1) => void) | undefined;
  history?: (() => void) | undefined;
}

/**
 * Which keys stay with the page: the dock's, search, copy and paste as terminals have them, and what concerns panes and
 * commands. Everything else is the program's. False keeps one from it.
 */
export function terminalKeys(actions: TerminalKeyActions): (event: PressedKey) => boolean {
  const { jump, complete, split, maximise, focusPane, history } = actions;
  const withShift = new Map<string, (() => void) | undefined>([
    ['KeyF', () => actions.find()],
    ['KeyC', () => actions.copy()],
    ['ArrowUp', jump && (() => jump(true))],
    ['ArrowDown', jump && (() => jump(false))],
    ['KeyD', split && (() => split('row'))],
    ['KeyE', split && (() => split('column'))],
    ['KeyZ', maximise],
    ['KeyH', history],
    ['ArrowRight', focusPane && (() => focusPane(1))],
    ['ArrowLeft', focusPane && (() => focusPane(-1))],
  ]);
  const without = new Map<string, (() => void) | undefined>([
    ['Equal', () => actions.zoom(1)],
    ['Minus', () => actions.zoom(-1)],
    ['Digit0', () => actions.zoom(0)],
    ['Space', complete],
  ]);
  return (event) => {
    if (event.type !== 'keydown' || event.altKey || !(event.ctrlKey || event.metaKey)) return true;
    if (isOfPage(event)) return false;
    // Where something is selected, the usual key copies it; else it interrupts the program.
    if (event.code === 'KeyC' && !event.shiftKey && event.ctrlKey && actions.copy()) return stop(event);
    const run = (event.shiftKey ? withShift : without).get(event.code);
    if (run === undefined) return true;
    run();
    return stop(event);
  };
}

/** The keys of the dock and of the assistant; and the browser pastes by itself. */
function isOfPage({ code, shiftKey }: PressedKey): boolean {
  return code === 'Backquote' || (shiftKey && (code === 'KeyV' || code === 'KeyK'));
}

function stop(event: PressedKey): false {
  event.preventDefault();
  return false;
}
