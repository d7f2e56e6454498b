import { type HealthState, type ObjectRef, refLabel } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { objectKey } from './object-key.ts';

interface ObjectChipProps {
  object: ObjectRef;
  /** Shown in front of the name where it is known. */
  state?: HealthState;
  stateText?: string;
  /** An object that is only referred to can't be opened. */
  exists?: boolean;
  /** Leaves the kind away where a heading says it. */
  bare?: boolean;
  /** Shows the namespace in front of the name. */
  withNamespace?: boolean;
}

/** How an object is named everywhere: kind, name, state. Opens the object's drawer over the page. */
export function ObjectChip({ object, state, stateText, exists = true, bare = false, withNamespace = false }: ObjectChipProps) {
  const name = withNamespace && object.namespace !== null ? `${object.namespace}/${object.name}` : object.name;
  const content = (
    <>
      {state !== undefined && <StatusMark state={state} {...(stateText === undefined ? {} : { text: stateText })} compact />}
      {!bare && <span className="shrink-0 text-soft">{object.kind}</span>}
      <span className="min-w-0 font-mono text-code">
        <Middle text={name} />
      </span>
    </>
  );
  const look = 'inline-flex max-w-full min-w-0 items-center gap-1.5 align-bottom';
  if (!exists) return <span className={look}>{content}</span>;
  return (
    <Link
      to="."
      search={(before) => ({ ...before, open: objectKey(object) })}
      title={refLabel(object)}
      className={`${look} rounded-sm hover:text-accent hover:underline`}
    >
      {content}
    </Link>
  );
}
