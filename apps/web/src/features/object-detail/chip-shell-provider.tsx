import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { ChipShellContext, type ChipShellProps } from '../objects/chip-shell.ts';

/** Fetches what stands around chips when the page has been painted: nobody hovers before. Without it chips are links. */
export function ChipShellProvider({ children }: { children: ReactNode }) {
  const [Shell, setShell] = useState<ComponentType<ChipShellProps> | null>(null);
  useEffect(() => {
    let wanted = true;
    import('./chip-shell.tsx').then(
      ({ ChipShell }) => wanted && setShell(() => ChipShell),
      (thrown) => console.warn('What stands around chips could not be fetched.', thrown),
    );
    return () => {
      wanted = false;
    };
  }, []);
  return <ChipShellContext value={Shell}>{children}</ChipShellContext>;
}
