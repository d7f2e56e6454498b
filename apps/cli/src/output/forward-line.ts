import type { ForwardStats } from '@quarterdeck/contract';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `0 B`, `1.5 KiB`, `20 MiB`. */
export function byteText(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** step;
  return `${amount >= 100 || step === 0 ? Math.round(amount) : Number(amount.toFixed(1))} ${units[step]}`;
}

/** The counters of a forward in one line. */
export function forwardLine({ pod, bytesIn, bytesOut, openConnections, totalConnections, failedConnections, latency }: ForwardStats): string {
  const parts = [
    `${openConnections} open, ${totalConnections} in all${failedConnections > 0 ? `, ${failedConnections} failed` : ''}`,
    `in ${byteText(bytesIn)}, out ${byteText(bytesOut)}`,
    ...(latency === null ? [] : [`first byte ${latency.median} ms (worst ${latency.worst} ms)`]),
    ...(pod === null ? [] : [`to ${pod}`]),
  ];
  return parts.join(' · ');
}
