import {
  type HelmEvent,
  type HelmInstall,
  type HelmRollback,
  type HelmTest,
  type HelmUninstall,
  type HelmUpgrade,
  helmEventSchema,
  helmRoutes,
} from '@quarterdeck/contract';
import type { ApiClient } from '../../api/client.ts';

/** One operation as a person has confirmed it. */
export type HelmOperation =
  | { do: 'install'; input: HelmInstall }
  | { do: 'upgrade'; input: HelmUpgrade }
  | { do: 'rollback'; input: HelmRollback }
  | { do: 'uninstall'; input: HelmUninstall }
  | { do: 'test'; input: HelmTest };

/** What happens, as it happens; the last event is `ended` where it was not cut off. Throws what refuses it before it starts. */
export async function* followOperation(
  api: Pick<ApiClient, 'follow'>,
  scope: { cluster?: string },
  operation: HelmOperation,
  signal: AbortSignal,
): AsyncGenerator<HelmEvent> {
  for await (const line of linesOf(api, scope, operation, signal)) yield helmEventSchema.parse(line);
}

function linesOf(api: Pick<ApiClient, 'follow'>, scope: { cluster?: string }, operation: HelmOperation, signal: AbortSignal): AsyncGenerator<unknown> {
  switch (operation.do) {
    case 'install':
      return api.follow(helmRoutes.installHelmRelease, { ...scope, ...operation.input }, signal);
    case 'upgrade':
      return api.follow(helmRoutes.upgradeHelmRelease, { ...scope, ...operation.input }, signal);
    case 'rollback':
      return api.follow(helmRoutes.rollbackHelmRelease, { ...scope, ...operation.input }, signal);
    case 'uninstall':
      return api.follow(helmRoutes.uninstallHelmRelease, { ...scope, ...operation.input }, signal);
    case 'test':
      return api.follow(helmRoutes.testHelmRelease, { ...scope, ...operation.input }, signal);
  }
}

/** An event as one line: `patch deployments shop/web 200`. */
export function eventText(event: HelmEvent): string {
  if (event.type === 'said') return event.text;
  if (event.type === 'ended') return event.message;
  const where = [event.namespace, event.name].filter((part) => part !== null).join('/');
  return `${event.verb} ${event.resource} ${where} ${event.status}`.replace(/ {2,}/g, ' ');
}
