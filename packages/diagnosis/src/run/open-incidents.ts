import { refKey } from '@quarterdeck/contract';
import { worstFirst } from '../incidents/create-incident.ts';
import type { Incident } from '../model/incident.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Knowledge } from './knowledge.ts';

interface Held {
  incident: Incident;
  /** What it shows of which workload: names of pods are left out, as they change. */
  symptoms: ReadonlySet<string>;
  json: string;
  goneSince: number | null;
}

/** An incident that is gone and kept for a while. */
export interface HeldIncident {
  /** Epoch milliseconds: since when its symptom is gone, and when it closes unless it comes back. */
  goneSince: number;
  closesAt: number;
  /** How often it went and came back lately. */
  returns: number;
}

export interface IncidentChanges {
  upserts: Incident[];
  /** Ids. */
  removes: string[];
  incidents: Incident[];
  /** Those of `incidents` whose symptoms are gone, by id. */
  held: ReadonlyMap<string, HeldIncident>;
  /** When an incident that is gone will have been gone long enough. */
  nextCheckAt: number | null;
}

/** Who comes and goes so often within this time flaps. Milliseconds. */
const flapWindow = 900_000;
const returnsOfFlapping = 2;
/** One that flaps is kept so much longer, and no shorter than a while. Milliseconds. */
const flapFactor = 4;
const leastWhenFlapping = 60_000;

/**
 * The incidents that are open from pass to pass. One that is gone stays until it has been gone as long as its codes
 * ask for, and longer when it keeps coming back, so that a flapping symptom does not come and go; one whose symptoms
 * are explained otherwise goes at once.
 */
export class OpenIncidents {
  readonly #codes: Knowledge['codes'];
  #held = new Map<string, Held>();
  /** When incidents came back after they were gone, by id. */
  readonly #returns = new Map<string, number[]>();

  constructor(codes: Knowledge['codes']) {
    this.#codes = codes;
  }

  update({ incidents, view }: Diagnosis): IncidentChanges {
    const next = new Map(incidents.map((incident) => [incident.id, this.#hold(incident, view)]));
    const explained = new Set([...next.values()].flatMap((held) => [...held.symptoms]));
    this.#noteReturns(next, view.now);
    const gone = new Map<string, HeldIncident>();
    for (const [id, held] of this.#held) {
      if (next.has(id)) continue;
      const goneSince = held.goneSince ?? view.now;
      const closesAt = goneSince + this.#patience(id, held.incident);
      if (closesAt <= view.now || [...held.symptoms].some((symptom) => explained.has(symptom))) continue;
      next.set(id, { ...held, goneSince });
      gone.set(id, { goneSince, closesAt, returns: this.#returns.get(id)?.length ?? 0 });
    }
    const upserts = [...next].flatMap(([id, held]) => (this.#held.get(id)?.json === held.json ? [] : [held.incident]));
    const removes = [...this.#held.keys()].filter((id) => !next.has(id));
    this.#held = next;
    const open = [...next.values()].map((held) => held.incident).sort(worstFirst);
    const due = [...gone.values()].map(({ closesAt }) => closesAt);
    return { upserts, removes, incidents: open, held: gone, nextCheckAt: due.length === 0 ? null : Math.min(...due) };
  }

  /** An incident that stays the same value shows the same. */
  #hold(incident: Incident, view: Diagnosis['view']): Held {
    const known = this.#held.get(incident.id);
    return known?.incident === incident ? { ...known, goneSince: null } : hold(incident, view);
  }

  #noteReturns(next: ReadonlyMap<string, Held>, now: number): void {
    for (const [id, held] of this.#held) {
      if (held.goneSince !== null && next.has(id)) this.#returns.set(id, [...(this.#returns.get(id) ?? []), now]);
    }
    for (const [id, times] of this.#returns) {
      const recent = times.filter((at) => now - at < flapWindow);
      if (recent.length === 0) this.#returns.delete(id);
      else this.#returns.set(id, recent);
    }
  }

  #patience(id: string, incident: Incident): number {
    const asked = Math.max(0, ...incident.findings.map((finding) => (this.#codes.get(finding.code)?.closesAfterSeconds ?? 0) * 1000));
    const flaps = (this.#returns.get(id)?.length ?? 0) >= returnsOfFlapping;
    return flaps ? Math.max(leastWhenFlapping, asked * flapFactor) : asked;
  }
}

function hold(incident: Incident, view: Diagnosis['view']): Held {
  const symptoms = incident.findings.map((finding) => `${finding.code}|${refKey(view.topOwner(finding.object))}`);
  return { incident, symptoms: new Set(symptoms), json: JSON.stringify(incident), goneSince: null };
}
