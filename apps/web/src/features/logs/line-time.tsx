import { formatAge } from '../../text/age.ts';
import { useTicking } from '../../ui/now.ts';
import type { TimeForm } from './log-subject.ts';

/** A line's time to the millisecond; with the day where it is not today's. */
export function LineTime({ time, form }: { time: string; form: TimeForm }) {
  if (form === 'off' || time === '') return null;
  return form === 'relative' ? <LineAge time={time} /> : formatLineTime(time, form, new Date());
}

function LineAge({ time }: { time: string }) {
  const text = useTicking((now) => formatAge(time, now));
  return <span className="inline-block w-[8ch] text-right">{text}</span>;
}

export function formatLineTime(time: string, form: 'local' | 'utc', today: Date): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return time;
  const zone = form === 'utc' ? { timeZone: 'UTC' } : {};
  const day = (date: Date) => date.toLocaleDateString('sv-SE', zone);
  const clock = `${at.toLocaleTimeString('en-GB', { hour12: false, ...zone })}.${time.slice(20, 23).padEnd(3, '0')}${form === 'utc' ? 'Z' : ''}`;
  return day(at) === day(today) ? clock : `${day(at)} ${clock}`;
}
