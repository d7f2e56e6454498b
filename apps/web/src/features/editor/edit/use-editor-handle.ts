import { useEffect, useMemo, useState } from 'react';
import type { EditorHandle } from '../code/code-editor.tsx';
import { answerEditWish } from './edit-wish.ts';

/** What can be done with the editor of an object; the cursor goes into it where somebody asks to edit. */
export function useEditorHandle(key: string) {
  const [handle, ready] = useState<EditorHandle | null>(null);
  useEffect(() => {
    if (handle === null) return;
    // The panel or menu around puts the focus somewhere when it opens or closes: after that.
    return answerEditWish(key, () => void setTimeout(() => handle.focus(), 50));
  }, [key, handle]);
  return useMemo(() => ({ ready, focus: () => handle?.focus(), show: (position: number) => handle?.show(position) }), [handle]);
}
