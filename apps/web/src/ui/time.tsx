import { useTimeStyle } from '../preferences/use-time-style.ts';
import { formatAge, formatClock, formatExact, formatMoment } from '../text/age.ts';
import { useTicking } from './now.ts';

/** An age that ticks; the exact time with its zone is on hover. */
export function Age({ at }: { at: string }) {
  const style = useTimeStyle();
  const text = useTicking((now) => formatAge(at, now));
  return (
    <time dateTime={at} title={formatExact(at, style)}>
      {text}
    </time>
  );
}

/** A time of day, with the date where it was not today. */
export function Clock({ at }: { at: string }) {
  const style = useTimeStyle();
  const text = useTicking((now) => formatClock(at, now, style));
  return (
    <time dateTime={at} title={formatExact(at, style)}>
      {text}
    </time>
  );
}

/** A day and a time, for what is not of today. */
export function Moment({ at }: { at: string }) {
  const style = useTimeStyle();
  return (
    <time dateTime={at} title={formatExact(at, style)}>
      {formatMoment(at, style)}
    </time>
  );
}
