import type { Probe } from 'kubernetes-types/core/v1.js';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { isReady } from '../../pods/containers.ts';
import { probeOf } from '../../pods/probe-target.ts';
import { templateContainer, workloadAt } from '../../pods/workload.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { undoRollout } from './incident-rollout.ts';
import { patchStep, proposal } from './step.ts';

const recommendations = ['Name the container port and let probes and Services refer to the name, so that one change moves all of them.'];

interface Place {
  container: { spec: Parameters<typeof probeOf>[0]; path: string };
  name: 'liveness' | 'readiness' | 'startup';
  probe: Probe;
  path: string;
}

function placeOf(incident: Incident, view: ClusterView): Place | null {
  const workload = workloadAt(incident.cause, view);
  const { container: containerName, probe: name } = incident.facts;
  const container = workload === null || typeof containerName !== 'string' ? null : templateContainer(workload, containerName);
  if (container === null || (name !== 'liveness' && name !== 'readiness' && name !== 'startup')) return null;
  const probe = probeOf(container.spec, name);
  return probe === undefined ? null : { container, name, probe, path: `${container.path}.${name}Probe` };
}

/** Asks the port that the program really listens on. */
export const probePortRemedy = defineRemedy({
  mechanisms: ['probe-wrong-port', 'probe-port-unnamed'],
  propose(incident, view) {
    const place = placeOf(incident, view);
    const { listens, witness, form, port } = incident.facts;
    if (place === null || typeof listens !== 'number' || typeof form !== 'string') {
      return (
        undoRollout(incident) ?? {
          missing: [
            `The port that the program listens on: neither its log nor its declared ports say it. Ask in the container: kubectl exec … -- netstat -ltn.`,
          ],
        }
      );
    }
    const field = `${place.path}.${form}.port`;
    const written = (form === 'tcpSocket' ? place.probe.tcpSocket?.port : form === 'httpGet' ? place.probe.httpGet?.port : place.probe.grpc?.port) ?? port;
    const step = patchStep(
      { ref: incident.cause, description: `Let the ${place.name} probe ask port ${listens}` },
      [{ op: 'replace', path: field, value: listens }],
      [{ op: 'replace', path: field, value: written }],
    );
    return proposal(`Point the ${place.name} probe at port ${listens} (${String(witness)}).`, [step], {
      assumptions: [`The program listens on ${listens}: ${String(witness)}.`],
      recommendations,
    });
  },
});

/** Asks for a path that another probe gets an answer to, else only whether the port answers. */
export const probePathRemedy = defineRemedy({
  mechanisms: ['probe-wrong-path'],
  propose(incident, view) {
    const place = placeOf(incident, view);
    const http = place?.probe.httpGet;
    if (place === null || http === undefined) return undoRollout(incident) ?? { missing: ['The path at which the program says that it is well.'] };
    const working = workingPath(place, incident, view);
    if (working !== null) return otherPath(incident, place, http.path ?? '/', working);
    return undoRollout(incident) ?? tcpInstead(incident, place, http);
  },
});

/** A path that another probe of the container asks for on the same port, while the container is not restarted for it. */
function workingPath(place: Place, incident: Incident, view: ClusterView): string | null {
  const own = place.probe.httpGet;
  const others = (['liveness', 'readiness', 'startup'] as const)
    .filter((name) => name !== place.name)
    .map((name) => probeOf(place.container.spec, name)?.httpGet);
  const path = others.find((other) => other !== undefined && other.port === own?.port && other.path !== own?.path)?.path ?? null;
  const name = place.container.spec.name;
  const pods = view.podsOf(incident.cause);
  const answers = pods.some(
    (pod) => isReady(pod) || pod.status?.containerStatuses?.some((status) => status.name === name && status.started === true && status.restartCount === 0),
  );
  return answers ? path : null;
}

function otherPath(incident: Incident, place: Place, wrong: string, right: string): RemedyProposal {
  const field = `${place.path}.httpGet.path`;
  const step = patchStep(
    { ref: incident.cause, description: `Let the ${place.name} probe ask for ${right}` },
    [{ op: 'replace', path: field, value: right }],
    [{ op: 'replace', path: field, value: wrong }],
  );
  return proposal(`Let the ${place.name} probe ask for ${right}, which another probe of the container gets an answer to.`, [step], { recommendations });
}

function tcpInstead(incident: Incident, place: Place, http: NonNullable<Probe['httpGet']>): RemedyProposal {
  const step = patchStep(
    { ref: incident.cause, description: `Let the ${place.name} probe only check that port ${http.port} answers` },
    [
      { op: 'remove', path: `${place.path}.httpGet` },
      { op: 'add', path: `${place.path}.tcpSocket`, value: { port: http.port } },
    ],
    [
      { op: 'remove', path: `${place.path}.tcpSocket` },
      { op: 'add', path: `${place.path}.httpGet`, value: http },
    ],
  );
  return proposal(`Let the ${place.name} probe check the port alone until the right path is known.`, [step], {
    assumptions: [
      `The program answers on port ${http.port} (it sent status ${String(incident.facts.status)}), so an open port is a fair sign that it serves. This is a weaker check than a path.`,
    ],
    evidenceToGather: [`The path at which the program says that it is well; nothing in the cluster asks for one with success.`],
    recommendations,
  });
}

/** Gives a slow start five minutes, by a startup probe of its own or a more patient one. */
export const probePatienceRemedy = defineRemedy({
  mechanisms: ['probe-too-impatient'],
  propose(incident, view) {
    const place = placeOf(incident, view);
    const undo = undoRollout(incident);
    if (undo !== null) return undo;
    if (place === null) return { missing: ['How long the program needs to start: its log says when it is ready.'] };
    const period = place.probe.periodSeconds ?? 10;
    const patient = { ...place.probe, failureThreshold: Math.ceil(patientSeconds / period) };
    const startup = `${place.container.path}.startupProbe`;
    const existing = place.container.spec.startupProbe;
    const step = patchStep(
      { ref: incident.cause, description: `Give the program ${patientSeconds} s to start before the ${place.name} probe may kill it` },
      [{ op: 'add', path: startup, value: { ...patient, initialDelaySeconds: 0, successThreshold: 1 } }],
      [existing === undefined ? { op: 'remove', path: startup } : { op: 'replace', path: startup, value: existing }],
    );
    return proposal(`Allow ${patientSeconds} s for the start.`, [step], {
      assumptions: [`The program starts within ${patientSeconds} s; it was killed after ${String(incident.facts.seconds)} s, before it answered.`],
      recommendations,
    });
  },
});

const patientSeconds = 300;
