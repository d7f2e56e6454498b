import { workerPolicy } from '@quarterdeck/contract';
import scriptUrl from 'elkjs/lib/elk-worker.min.js?url';

/** As browsers with Trusted Types have it; their types are not in the DOM library that we compile against. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

function trustedTypesOf(scope: object): TrustedTypes | null {
  const found: unknown = Reflect.get(scope, 'trustedTypes');
  return isTrustedTypes(found) ? found : null;
}

function isTrustedTypes(value: unknown): value is TrustedTypes {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}

/** Made once: the page's policy allows one of this name. It says yes to the script of the layout worker alone. */
const policy = trustedTypesOf(globalThis)?.createPolicy(workerPolicy, {
  createScriptURL(url) {
    if (url !== scriptUrl) throw new TypeError(`${url} is no worker of this page.`);
    return url;
  },
});

/** The layout engine in a thread of its own; whoever opens it ends it. */
export function openLayoutWorker(): Worker {
  return new Worker(policy?.createScriptURL(scriptUrl) ?? scriptUrl);
}
