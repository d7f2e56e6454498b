import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** The editor brings its style elements itself: they carry the nonce that the server put into the page. */
export function pageNonce(): Extension {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
  return nonce === undefined ? [] : EditorView.cspNonce.of(nonce);
}
