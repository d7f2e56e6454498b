import { Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';

interface CapacityBarProps {
  label: string;
  share: { allocatable: number; requested: number | null };
  /** Null where it is not measured. */
  used: number | null;
  format(value: number): string;
  /** What is said of the part that is taken. */
  taken(taken: string, of: string, percent: number): string;
}

const percentOf = (value: number, of: number) => (of === 0 ? 0 : Math.round((value / of) * 100));

/** One resource: what is asked for as a bar of what there is, what is used as a mark on it; the words say both. */
export function CapacityBar({ label, share: { allocatable, requested }, used, format, taken }: CapacityBarProps) {
  const messages = useMessages().overview;
  const asked = percentOf(requested ?? 0, allocatable);
  const inUse = used === null ? null : percentOf(used, allocatable);
  return (
    <div>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <Link to="/resources/$kind" params={{ kind: 'nodes' }} search={{}} className="rounded-sm font-medium hover:text-accent hover:underline">
          {label}
        </Link>
        <span className="text-soft text-xs">
          {requested === null ? messages.offered(format(allocatable)) : taken(format(requested), format(allocatable), asked)}
          {used !== null && inUse !== null && `, ${messages.used(format(used), inUse)}`}
        </span>
      </div>
      {(requested !== null || inUse !== null) && (
        <div aria-hidden="true" className="relative mt-1 h-2 overflow-hidden rounded-[3px] bg-line">
          <div className={`h-full ${asked > 100 ? 'bg-high' : 'bg-idle'}`} style={{ width: `${Math.min(100, asked)}%` }} />
          {inUse !== null && <div className="absolute inset-y-0 w-0.5 bg-accent" style={{ left: `${Math.min(99, inUse)}%` }} />}
        </div>
      )}
    </div>
  );
}
