import { useCallback, useMemo, useRef } from 'react';
import type { EditorHandle } from '../code/code-editor.tsx';
import { takeEditWish } from './edit-wish.ts';

/** What can be done with the editor of an object; the cursor goes into it at once where somebody asked to edit. */
export function useEditorHandle(key: string) {
  const current = useRef<EditorHandle | null>(null);
  const ready = useCallback(
    (handle: EditorHandle) => {
      current.current = handle;
      // The panel around takes the focus when it opens: after that.
      if (takeEditWish(key)) requestAnimationFrame(() => handle.focus());
    },
    [key],
  );
  return useMemo(() => ({ ready, focus: () => current.current?.focus(), show: (position: number) => current.current?.show(position) }), [ready]);
}
