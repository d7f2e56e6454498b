import { yaml } from '@codemirror/lang-yaml';
import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../../messages/language.ts';
import { codeLook } from './code-theme.ts';
import { pageNonce } from './page-nonce.ts';

export interface ComparisonProps {
  left: { text: string; label: string };
  right: { text: string; label: string };
}

/** Two texts side by side, what is equal folded; both are for reading. */
export function Comparison({ left, right }: ComparisonProps) {
  const host = useRef<HTMLDivElement>(null);
  const { phrases } = useMessages().editor.keys;
  useEffect(() => {
    if (host.current === null) return;
    const view = new MergeView({
      a: { doc: left.text, extensions: side(left.label, phrases) },
      b: { doc: right.text, extensions: side(right.label, phrases) },
      parent: host.current,
      gutter: true,
      collapseUnchanged: { margin: 3, minSize: 6 },
    });
    return () => view.destroy();
  }, [left.text, left.label, right.text, right.label, phrases]);
  return <div ref={host} className="min-w-0 overflow-auto rounded border" />;
}

function side(label: string, phrases: Record<string, string>): Extension {
  return [
    pageNonce(),
    codeLook,
    yaml(),
    lineNumbers(),
    EditorView.lineWrapping,
    EditorState.readOnly.of(true),
    EditorState.phrases.of(phrases),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
  ];
}
