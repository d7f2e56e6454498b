export { inProcessMemory } from './in-process.ts';
export { openSharedMemory } from './open-shared-memory.ts';
export { redisMemory } from './redis.ts';
export type { Allowance, Listener, RateLimit, SharedMemory } from './shared-memory.ts';
