import { networkInterfaces } from 'node:os';

/** Milliseconds between two looks. */
const interval = 5_000;

/**
 * Calls `tell` when the addresses of this machine change (another network, a VPN), and when it slept: waiting out a
 * back-off would be in vain then. Returns what ends it.
 */
export function watchNetwork(tell: () => void, addresses: () => string = ownAddresses, now: () => number = Date.now): () => void {
  let known = addresses();
  let lookedAt = now();
  const timer = setInterval(() => {
    const current = addresses();
    const slept = now() - lookedAt > 4 * interval;
    if (current !== known || slept) tell();
    known = current;
    lookedAt = now();
  }, interval).unref();
  return () => clearInterval(timer);
}

/** Those of containers come and go with every pod on this machine, and lead nowhere else. */
function ownAddresses(): string {
  const all = Object.entries(networkInterfaces()).filter(([name]) => !/^(veth|cali|cni|lxc|docker|br-)/.test(name));
  return JSON.stringify(
    all.flatMap(([name, addresses = []]) => addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`)).sort(),
  );
}
