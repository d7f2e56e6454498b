import { inProcessMemory } from './in-process.ts';
import type { SharedMemory } from './shared-memory.ts';

/**
 * What servers share: the Redis that QUARTERDECK_REDIS names, or this process alone. The caller closes it. Throws
 * STORAGE_UNAVAILABLE where Redis does not answer at start.
 */
export async function openSharedMemory(environment: Readonly<Record<string, string | undefined>>, onFault: (error: Error) => void): Promise<SharedMemory> {
  if (!environment.QUARTERDECK_REDIS) return inProcessMemory();
  const { redisMemory } = await import('./redis.ts');
  return redisMemory(environment.QUARTERDECK_REDIS, onFault);
}
