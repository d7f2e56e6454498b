import type { ActionFormProps } from '../object-actions/object-action.ts';
import { ForwardForm } from './forward-form.tsx';

/** The form for an object that somebody points at. */
export function ForwardObjectForm({ targets: [target], onCancel }: ActionFormProps) {
  return target === undefined ? null : <ForwardForm object={target.object} onClose={onCancel} />;
}
