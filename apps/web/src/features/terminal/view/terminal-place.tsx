import type { ReactNode, RefObject } from 'react';
import { usePreferences } from '../../../preferences/preferences.ts';

interface TerminalPlaceProps {
  host: RefObject<HTMLElement | null>;
  /** Room for marks beside the lines. */
  gutter?: boolean;
  /** What lies over the terminal. */
  children?: ReactNode;
}

/** Where a terminal is drawn: in the colours that were chosen for terminals. */
export function TerminalPlace({ host, gutter = false, children }: TerminalPlaceProps) {
  const { theme } = usePreferences().terminal;
  return (
    <div
      data-terminal=""
      className={`relative min-h-0 grow overflow-hidden bg-surface py-1 font-mono text-ink ${gutter ? 'pl-6' : 'pl-2'}`}
      style={theme === 'dark' ? { colorScheme: 'dark' } : undefined}
    >
      <div
        ref={(element) => {
          host.current = element;
        }}
        className="h-full"
      />
      {children}
    </div>
  );
}
