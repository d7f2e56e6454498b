type PressedKey = Pick<KeyboardEvent, 'type' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'preventDefault'>;

interface TerminalKeys {
  onFind(): void;
  onCopy(): void;
}

/**
 * Which keys are the page's and not the program's: the dock's, search, and copy and paste as terminals have them. False
 * keeps one from the program.
 */
export function terminalKeys({ onFind, onCopy }: TerminalKeys): (event: PressedKey) => boolean {
  const own: Partial<Record<string, () => void>> = { KeyF: onFind, KeyC: onCopy };
  return (event) => {
    if (event.type !== 'keydown' || !(event.ctrlKey || event.metaKey)) return true;
    if (event.code === 'Backquote') return false;
    // The browser pastes by itself.
    if (isShifted(event, 'KeyV')) return false;
    const run = own[event.code];
    if (run === undefined || !isShifted(event, event.code)) return true;
    event.preventDefault();
    run();
    return false;
  };
}

function isShifted({ code, shiftKey, altKey }: PressedKey, wanted: string): boolean {
  return code === wanted && shiftKey && !altKey;
}
