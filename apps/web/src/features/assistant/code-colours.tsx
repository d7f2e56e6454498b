import type { CodeProps } from '@quarterdeck/chat';
import { lazy, Suspense } from 'react';

const ColouredCode = lazy(async () => ({ default: (await import('./coloured-code.tsx')).ColouredCode }));

/** Longer than this nobody reads it for its colours. Characters. */
const mostColoured = 50_000;

/** Code in its colours, once they are there; until then it is read as it is. */
export function CodeColours({ code, language }: CodeProps) {
  if (language === '' || code.length > mostColoured) return code;
  return (
    <Suspense fallback={code}>
      <ColouredCode code={code} language={language} />
    </Suspense>
  );
}
