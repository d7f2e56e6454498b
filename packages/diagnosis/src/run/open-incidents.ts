import { refKey } from '@quarterdeck/contract';
import { worstFirst } from '../incidents/create-incidents.ts';
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

export interface IncidentChanges {
  upserts: Incident[];
  /** Ids. */
  removes: string[];
  incidents: Incident[];
  /** When an incident that is gone will have been gone long enough. */
  nextCheckAt: number | null;
}

/**
 * The incidents that are open from pass to pass. One that is gone stays until it has been gone as long as its codes
 * ask for, so that a flapping symptom does not come and go; one whose symptoms are explained otherwise goes at once.
 */
export class OpenIncidents {
  readonly #codes: Knowledge['codes'];
  #held = new Map<string, Held>();

  constructor(codes: Knowledge['codes']) {
    this.#codes = codes;
  }

  update({ incidents, view }: Diagnosis): IncidentChanges {
    const next = new Map(incidents.map((incident) => [incident.id, hold(incident, view)]));
    const explained = new Set([...next.values()].flatMap((held) => [...held.symptoms]));
    const due: number[] = [];
    for (const [id, held] of this.#held) {
      const closesAt = (held.goneSince ?? view.now) + this.#patience(held.incident);
      if (next.has(id) || closesAt <= view.now || [...held.symptoms].some((symptom) => explained.has(symptom))) continue;
      next.set(id, { ...held, goneSince: held.goneSince ?? view.now });
      due.push(closesAt);
    }
    const upserts = [...next].flatMap(([id, held]) => (this.#held.get(id)?.json === held.json ? [] : [held.incident]));
    const removes = [...this.#held.keys()].filter((id) => !next.has(id));
    this.#held = next;
    const open = [...next.values()].map((held) => held.incident).sort(worstFirst);
    return { upserts, removes, incidents: open, nextCheckAt: due.length === 0 ? null : Math.min(...due) };
  }

  #patience(incident: Incident): number {
    return Math.max(0, ...incident.findings.map((finding) => (this.#codes.get(finding.code)?.closesAfterSeconds ?? 0) * 1000));
  }
}

function hold(incident: Incident, view: Diagnosis['view']): Held {
  const symptoms = incident.findings.map((finding) => `${finding.code}|${refKey(view.topOwner(finding.object))}`);
  return { incident, symptoms: new Set(symptoms), json: JSON.stringify(incident), goneSince: null };
}
