import type { HealthState, ObjectRef } from '@quarterdeck/contract';
import { type ComponentType, createContext, type ReactElement } from 'react';

export interface ChipShellProps {
  object: ObjectRef;
  state: HealthState | undefined;
  stateText: string | undefined;
  /** The chip's link. */
  children: ReactElement;
}

/** The card and the menu around a chip. They come from above, once the page stands: what they show is itself made with chips. */
export const ChipShellContext = createContext<ComponentType<ChipShellProps> | null>(null);
