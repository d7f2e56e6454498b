import { lazy } from 'react';

/** The editor is big, and most pages have none. */
export const CodeEditor = lazy(async () => ({ default: (await import('./code/code-editor.tsx')).CodeEditor }));
export const Comparison = lazy(async () => ({ default: (await import('./code/comparison.tsx')).Comparison }));
