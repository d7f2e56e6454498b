import { formatAge, formatClock, formatExact } from '../text/age.ts';
import { useTicking } from './now.ts';

/** An age that ticks; the exact time with its zone is on hover. */
export function Age({ at }: { at: string }) {
  const text = useTicking((now) => formatAge(at, now));
  return (
    <time dateTime={at} title={formatExact(at)}>
      {text}
    </time>
  );
}

/** A time of day, with the date where it was not today. */
export function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatClock(at, Date.now())}
    </time>
  );
}
