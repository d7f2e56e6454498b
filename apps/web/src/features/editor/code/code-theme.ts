import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The tokens of the page, which follow the theme by themselves. */
const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--healthy)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--high)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--text-soft)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.meta, tags.typeName, tags.labelName], color: 'var(--text-soft)' },
]);

const float = {
  backgroundColor: 'var(--raised)',
  color: 'var(--text)',
  border: '1px solid var(--line)',
  borderRadius: '6px',
  boxShadow: 'var(--shadow-float)',
};
const wave = (colour: string) => ({ backgroundImage: 'none', textDecoration: `underline wavy var(${colour}) 1px`, textUnderlineOffset: '3px' });

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '0.78125rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace', lineHeight: '1.25rem' },
  '.cm-content:focus-visible': { outline: 'none' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection': {
    backgroundColor: 'var(--selected)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklch, var(--hover) 70%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-soft)', border: 'none' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer', padding: '0 4px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', color: 'var(--text-soft)', border: '1px solid var(--line)', padding: '0 4px' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--selected)', color: 'inherit' },
  '.cm-searchMatch': { backgroundColor: 'var(--mark)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panel.cm-search label': { fontSize: '0.75rem' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--text)' },
  '.cm-textfield': { backgroundColor: 'var(--surface)', color: 'var(--text)', border: '1px solid var(--line)', borderRadius: '4px' },
  '.cm-button': { backgroundColor: 'var(--surface)', backgroundImage: 'none', color: 'var(--text)', border: '1px solid var(--line)', borderRadius: '4px' },
  '.cm-tooltip': float,
  '.cm-tooltip .cm-tooltip-arrow': { display: 'none' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'inherit', maxHeight: '16rem' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.25rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--selected)', color: 'var(--text)' },
  '.cm-completionDetail': { color: 'var(--text-soft)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionInfo': { ...float, maxWidth: '24rem', padding: '6px 8px', whiteSpace: 'pre-wrap' },
  '.cm-lintRange-error': wave('--critical'),
  '.cm-lintRange-warning': wave('--medium'),
  '.cm-lintRange-info': wave('--pending'),
  '.cm-lintPoint::after': { display: 'none' },
  '.cm-gutter-lint .cm-gutterElement': { display: 'flex', alignItems: 'center', justifyContent: 'center' },
  '.cm-lint-marker': { content: 'none', width: '7px', height: '7px', borderRadius: '50%', backgroundColor: 'var(--critical)' },
  '.cm-lint-marker-warning': { backgroundColor: 'var(--medium)' },
  '.cm-lint-marker-info': { backgroundColor: 'var(--pending)' },
  '.cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info': { content: 'none' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--critical)', maxWidth: '32rem' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--medium)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--pending)' },
  '.cm-ghost': { color: 'var(--text-soft)', whiteSpace: 'pre', fontStyle: 'italic' },
  '.cm-ghost-hint': { marginLeft: '1.5ch', padding: '0 4px', borderRadius: '4px', backgroundColor: 'var(--sunken)', fontStyle: 'normal', fontSize: '0.75rem' },
  '.cm-ask': { padding: '2px 8px', color: 'var(--text)', backgroundColor: 'transparent' },
  '.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'color-mix(in oklch, var(--critical) 10%, transparent)' },
  '.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'color-mix(in oklch, var(--healthy) 10%, transparent)' },
  '.cm-changedText': { background: 'color-mix(in oklch, var(--mark) 70%, transparent)' },
  '.cm-collapsedLines::before, .cm-collapsedLines::after': { content: 'none' },
  '.cm-collapsedLines': { backgroundColor: 'var(--sunken)', backgroundImage: 'none', color: 'var(--text-soft)', padding: '2px 8px' },
});

/** How code looks in every theme. */
export const codeLook: Extension = [look, syntaxHighlighting(colours)];
