import type { ForwardPort } from '@quarterdeck/contract';
import type { OfferedPort } from './target-ports.ts';

/** A port in the form: offered by the target or typed. */
export interface PortDraft {
  /** In the pod or of the Service, as it was typed or offered. */
  remote: string;
  /** On this machine; empty: any free one. */
  local: string;
  chosen: boolean;
  offer: OfferedPort | null;
}

/** Those that are offered; the only one that can be forwarded is chosen at once. */
export function draftsOf(offers: readonly OfferedPort[]): PortDraft[] {
  const usable = offers.filter(({ tcp }) => tcp).length;
  return offers.map((offer) => ({ remote: String(offer.remote), local: '', chosen: offer.tcp && usable === 1, offer }));
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
/** As Kubernetes names ports. */
const isPortName = (text: string): boolean => /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(text);

export type PortProblem = 'remote' | 'local';

/** What is wrong with a port that is chosen; null where nothing is. */
export function problemOf({ remote, local, chosen }: PortDraft): PortProblem | null {
  if (!chosen) return null;
  if (!isPort(remote) && !isPortName(remote)) return 'remote';
  return local === '' || isPort(local) ? null : 'local';
}

/** What is asked for; null while something is wrong, or nothing is chosen. */
export function portsOf(drafts: readonly PortDraft[]): ForwardPort[] | null {
  const chosen = drafts.filter((draft) => draft.chosen);
  if (chosen.length === 0 || chosen.some((draft) => problemOf(draft) !== null)) return null;
  return chosen.map(({ remote, local }) => ({ local: local === '' ? 0 : Number(local), remote: isPort(remote) ? Number(remote) : remote }));
}
