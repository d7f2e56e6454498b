import { inProcessMemory } from './in-process.ts';
import type { SharedMemory } from './shared-memory.ts';

/**
 * What servers share: through the Redis at this address, or, without one, within this process alone. The caller closes it.
 * Throws STORAGE_UNAVAILABLE where Redis does not answer at start.
 */
export async function openSharedMemory(redisUrl: string | null, onFault: (error: Error) => void): Promise<SharedMemory> {
  if (redisUrl === null) return inProcessMemory();
  const { redisMemory } = await import('./redis.ts');
  return redisMemory(redisUrl, onFault);
}
