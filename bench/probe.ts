import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a measured process by `node --import`: answers over its IPC channel how long its event loop was held up
 * since it was last asked. It keeps nothing alive and costs one timer.
 */
const resolutionMs = 5;

if (isMainThread && process.send !== undefined) {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  process.on('message', (message) => {
    if (message !== 'eventLoopDelay') return;
    process.send?.({ p50: held(delays, 50), p99: held(delays, 99), max: held(delays, 100) });
    delays.reset();
  });
  process.channel?.unref();
}

/** Milliseconds; the histogram counts the timer's own period too. */
function held(delays: ReturnType<typeof monitorEventLoopDelay>, rank: number): number {
  return delays.count === 0 ? 0 : Math.max(0, delays.percentile(rank) / 1e6 - resolutionMs);
}
