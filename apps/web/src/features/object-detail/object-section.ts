import type { ObjectRef } from '@quarterdeck/contract';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Messages } from '../../messages/language.ts';
import type { ObjectAddress } from '../objects/object-key.ts';
import type { OpenObject } from './use-open-object.ts';

export interface ObjectSectionProps {
  address: ObjectAddress;
  /** Names the object, also where it is not there. */
  object: ObjectRef;
  /** Live; what was last known of it where it was deleted. */
  open: OpenObject;
}

/** A part of an object's detail, in the drawer as on the page: one file, and a line in `all-object-sections.ts`. */
export interface ObjectSection {
  /** As the URL names it: `section=events`. */
  id: string;
  label(messages: Messages): string;
  appliesTo(object: ObjectRef): boolean;
  /** Whether there is something to show also of an object that is not there. */
  withoutObject: boolean;
  /** Takes the whole panel and scrolls by itself: an editor, a log. */
  fills: boolean;
  Panel: LazyExoticComponent<ComponentType<ObjectSectionProps>>;
}
