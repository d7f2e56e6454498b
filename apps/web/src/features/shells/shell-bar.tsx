import { Plus, Search } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { TerminalMenu } from '../terminal/view/terminal-menu.tsx';
import { ContainerChoice } from './container-choice.tsx';
import type { PodFacts } from './pod-facts.ts';
import { ProgramField } from './program-field.tsx';
import type { ShellState } from './shell-connection.ts';
import type { ShellSubject } from './shell-subject.ts';

interface ShellBarProps {
  subject: ShellSubject;
  state: ShellState | null;
  pod: PodFacts | null;
  /** Starts again, with another container or program. */
  onChange(change: Partial<ShellSubject>): void;
  /** Opens one more beside this one. */
  onAnother(): void;
  onFind(): void;
}

/** Where the program runs and which one it is; both can be changed, which starts it anew. */
export function ShellBar({ subject, state, pod, onChange, onAnother, onFind }: ShellBarProps) {
  const { shells: messages, terminal } = useMessages();
  const container = state?.phase === 'open' ? state.container : (subject.container ?? pod?.containers[0]?.name ?? '');
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-2 py-1">
      <span className="min-w-0 max-w-full truncate text-soft text-xs" title={`${subject.namespace}/${subject.pod}`}>
        {subject.namespace}/{subject.pod}
      </span>
      {pod !== null && subject.node === undefined && (
        <ContainerChoice containers={pod.containers} value={container} onChange={(name) => onChange({ container: name })} />
      )}
      {subject.mode === 'exec' && (
        <ProgramField value={subject.program ?? ''} onChange={(program) => onChange({ program: program === '' ? undefined : program })} />
      )}
      {state?.phase === 'open' && !state.stdin && <span className="text-high text-xs">{messages.noInput}</span>}
      {state?.phase === 'open' && state.stdin && subject.mode === 'attach' && <span className="text-soft text-xs">{messages.pressEnter}</span>}
      <span className="grow" />
      <div className="flex items-center gap-1">
        <Button look="icon" aria-label={terminal.find} title={`${terminal.find} (Ctrl+Shift+F)`} onClick={onFind}>
          <Search />
        </Button>
        {subject.mode === 'exec' && (
          <Button look="icon" aria-label={messages.another} title={messages.another} onClick={onAnother}>
            <Plus />
          </Button>
        )}
        <TerminalMenu />
      </div>
    </div>
  );
}
