import type { ActionDraft, HealthState, ObjectRef, Permission } from '@quarterdeck/contract';
import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Messages } from '../../messages/language.ts';
import type { Dock } from '../dock/use-dock.tsx';

/** One object that something can be done with, as far as the place knows it where somebody points at it. */
export interface ActionTarget {
  object: ObjectRef;
  state?: HealthState;
}

/** What an action may use to do its work. */
export interface ObjectActionContext {
  cluster: string;
  messages: Messages;
  dock: Dock;
  /** Opens the object's drawer, at a section of it where one is named. */
  openObject(object: ObjectRef, section?: string): void;
  /** The object as the cluster has it now. Rejects with an AppError. */
  read(object: ObjectRef): Promise<Readonly<Record<string, unknown>>>;
  /**
   * Shows what a change would do; it is made when the person approves exactly that. `options` is the form to which one
   * can go back from there.
   */
  preview(draft: ActionDraft, options?: AskedForm): void;
  /** Asks for what a change needs first: replicas, a name, keys. The form hands its draft on to the preview. */
  ask(Form: ComponentType<ActionFormProps>, targets: readonly ActionTarget[]): void;
  /** Puts it on the clipboard, and says so. */
  copy(text: string, told: string): void;
}

/** A form, and what it is about. */
export interface AskedForm {
  Form: ComponentType<ActionFormProps>;
  targets: readonly ActionTarget[];
}

export interface ActionFormProps {
  targets: readonly ActionTarget[];
  /** What was previewed before somebody came back to the form; null the first time. */
  draft: ActionDraft | null;
  onDraft(draft: ActionDraft): void;
  onCancel(): void;
}

/**
 * Something that a person can do with an object, wherever objects are shown: tables, drawers, chips, the tree, the
 * palette. One file each, and a line in `all-object-actions.ts`.
 */
export interface ObjectAction {
  id: string;
  label(messages: Messages, count: number): string;
  icon: LucideIcon;
  /** Keys as commands have them, live on the row under the cursor and in the open drawer. */
  shortcuts: readonly string[];
  /** What the person must be allowed to do; null where seeing the object is enough. */
  permission: Permission | null;
  /** Where the menu lists it. `change` and `remove` are not offered where nothing can be changed. */
  group: 'look' | 'use' | 'change' | 'remove';
  /** Whether it works on several objects at once. */
  many: boolean;
  appliesTo(target: ActionTarget): boolean;
  run(targets: readonly ActionTarget[], context: ObjectActionContext): void;
}
