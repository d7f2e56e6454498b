import { useEffect, useState } from 'react';

const storageKey = 'quarterdeck.create';

/** The text of the page, which comes back with a reload; one with a Secret in it is kept nowhere. */
export function useCreateText() {
  const [stored] = useState(() => sessionStorage.getItem(storageKey));
  const [text, setText] = useState(stored ?? '');
  useEffect(() => {
    if (text === '' || /\bkind["']?\s*:\s*["']?Secret\b/.test(text)) sessionStorage.removeItem(storageKey);
    else if (text.length < 1_000_000) sessionStorage.setItem(storageKey, text);
  }, [text]);
  return { text, setText, restored: stored !== null && stored !== '' && text === stored };
}
