import type { HealthState } from '@quarterdeck/contract';
import type { LucideIcon } from 'lucide-react';
import { type ComponentType, createElement, type LazyExoticComponent, type ReactElement } from 'react';
import type * as z from 'zod';
import type { Messages } from '../../messages/language.ts';

/** How what runs in a tab is doing; shown on the tab, so that one needs not look in. */
export interface DockMark {
  state: HealthState;
  text: string;
}

export interface DockPanelProps<Subject> {
  subject: Subject;
  /** The id of the cluster that the tab was opened in; the page may show another one meanwhile. */
  cluster: string;
  /** A panel stays alive while another tab is in front of it. */
  visible: boolean;
  /** Whether the tab came back with a reload: nobody has just asked for it, so it takes no focus. */
  restored: boolean;
  /** Keeps a changed subject, so that a reload brings the tab back as it is. */
  keep(subject: Subject): void;
  /** Opens another tab of the same kind, in the same cluster. */
  open(subject: Subject): void;
  /** Null takes the mark away. */
  mark(mark: DockMark | null): void;
  close(): void;
}

/** What a feature says of its kind of tab: one file in the feature's folder, and a line in `all-dock-tabs.ts`. */
interface DockTabDefinition<Subject> {
  type: string;
  /** What the tab is of. It is kept over a reload, and checked when it comes back. */
  subject: z.ZodType<Subject>;
  icon: LucideIcon;
  title(subject: Subject, messages: Messages): string;
  Panel: LazyExoticComponent<ComponentType<DockPanelProps<Subject>>>;
}

/** A kind of tab whose subject was checked. `Subject` only binds `open` to what the kind takes. */
export interface DockTabKind<Subject = never> {
  readonly type: string;
  readonly icon: LucideIcon;
  accepts(subject: unknown): boolean;
  title(subject: unknown, messages: Messages): string;
  panel(props: DockPanelProps<unknown>): ReactElement;
  /** Never called; it says which subjects the kind takes. */
  readonly takes?: (subject: Subject) => void;
}

export function defineDockTab<Subject>({ type, subject: schema, icon, title, Panel }: DockTabDefinition<Subject>): DockTabKind<Subject> {
  return {
    type,
    icon,
    accepts: (subject) => schema.safeParse(subject).success,
    title: (subject, messages) => title(schema.parse(subject), messages),
    panel: ({ subject, ...rest }) => createElement(Panel, { ...rest, subject: schema.parse(subject) }),
  };
}
