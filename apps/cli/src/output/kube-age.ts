const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A time span as kubectl writes it: `12s`, `5m30s`, `3h20m`, `2d4h`, `40d`, `3y12d` (k8s.io/apimachinery/pkg/util/duration). */
export function kubeAge(milliseconds: number): string {
  if (milliseconds < -2 * second) return '<invalid>';
  if (milliseconds < 0) return '0s';
  const whole = (unit: number) => Math.floor(milliseconds / unit);
  const rest = (unit: number, below: number, name: string) => {
    const left = Math.floor((milliseconds % unit) / below);
    return left === 0 ? '' : `${left}${name}`;
  };
  if (milliseconds < 2 * minute) return `${whole(second)}s`;
  if (milliseconds < 10 * minute) return `${whole(minute)}m${rest(minute, second, 's')}`;
  if (milliseconds < 3 * hour) return `${whole(minute)}m`;
  if (milliseconds < 8 * hour) return `${whole(hour)}h${rest(hour, minute, 'm')}`;
  if (milliseconds < 2 * day) return `${whole(hour)}h`;
  if (milliseconds < 8 * day) return `${whole(day)}d${rest(day, hour, 'h')}`;
  if (milliseconds < 2 * 365 * day) return `${whole(day)}d`;
  const years = whole(365 * day);
  return `${years}y${years < 8 ? rest(365 * day, day, 'd') : ''}`;
}

/** The age of a time of the API; `<unknown>` for none. */
export function ageSince(time: unknown, now: number): string {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? '<unknown>' : kubeAge(now - at);
}
