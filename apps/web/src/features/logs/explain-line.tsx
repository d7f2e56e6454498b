import { CircleQuestionMark } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Explained } from '../explain/explained.tsx';
import type { LogLine } from './log-line.ts';

/** On the line that has the cursor: what is known of what it says. */
export function ExplainLine({ line: { text, namespace, pod } }: { line: LogLine }) {
  const { explain } = useMessages().logs.line;
  return (
    <span className="sticky right-7 ml-auto shrink-0 rounded-sm bg-selected px-0.5 text-soft">
      <Explained as="text" what={text} text={text} object={{ apiVersion: 'v1', kind: 'Pod', namespace, name: pod }}>
        <CircleQuestionMark role="img" aria-label={explain} className="size-3.5" />
      </Explained>
    </span>
  );
}
