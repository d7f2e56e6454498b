import { routes } from '@quarterdeck/contract';
import { checkStorage, storageStatus } from '@quarterdeck/storage';
import { handle, type RouteHandlers } from './route-handler.ts';
import type { Services } from './services.ts';

export function storageHandlers({ storage, secrets }: Services): Pick<RouteHandlers, 'getStorage' | 'checkStorage'> {
  return {
    getStorage: handle(routes.getStorage, () => storageStatus(storage)),
    checkStorage: handle(routes.checkStorage, async () => checkStorage(storage, await secrets())),
  };
}
