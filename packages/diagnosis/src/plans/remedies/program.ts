import { numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { undoRollout } from './incident-rollout.ts';
import { isEditable } from './recreate.ts';

type Words = (incident: Incident) => string;

const text = ({ facts }: Incident, name: string) => stringFact(facts, name) ?? '';
const owner = ({ cause }: Incident) => `${cause.kind} ${cause.name}`;
/** The command with which a person changes a template; one that is fixed has to be made anew. */
const edit = ({ cause }: Incident) =>
  isEditable(cause)
    ? `kubectl edit ${cause.kind.toLowerCase()} ${cause.name} -n ${cause.namespace}`
    : `create ${cause.kind} ${cause.name} again with a changed template`;

/** What nothing in the cluster says: which fact is missing, and the command that follows from it. */
const needed: Readonly<Record<string, Words>> = {
  'user-not-in-image': (i) =>
    `Which user image ${text(i, 'image')} has for this program: kubectl run with that image and cat /etc/passwd, then set securityContext.runAsUser to its number (${edit(i)}).`,
  'no-command': (i) => `What image ${text(i, 'image')} should run: it has no entrypoint, so the template needs a command (${edit(i)}).`,
  'command-wrong-format': (i) =>
    `Whether ${text(i, 'value')} is built for the architecture of the node (kubectl get nodes -L kubernetes.io/arch), or is a script that lacks its first line: then run it through its interpreter (${edit(i)}).`,
  'working-directory-unusable': (i) => `Which directory of image ${text(i, 'image')} the program belongs in, or whether it needs one set at all (${edit(i)}).`,
  'wrong-architecture': (i) =>
    `An image for the architecture of the node: kubectl get nodes -L kubernetes.io/arch shows it. Build it for that platform, or choose nodes of the image's own with nodeSelector kubernetes.io/arch (${edit(i)}).`,
  'root-refused': (i) =>
    `Which user the program is made for: its image's documentation says the number. Then set securityContext.runAsUser, and fsGroup for its volumes (${edit(i)}).`,
  'poison-message': (i) =>
    `Whether the message (${text(i, 'subject')}) may be skipped: move the consumer group past it with the broker's own tool (kafka-consumer-groups --reset-offsets), or teach the program to set it aside.`,
  'lease-lost': (i) =>
    `Why ${owner(i)} was too slow to renew its lease: its CPU limit (kubectl top pods --containers) and how long the API server takes to answer.`,
  'bind-address-unavailable': (i) =>
    `The setting of ${owner(i)} that names ${text(i, 'subject')}: it should be 0.0.0.0, or the pod's own address from the field status.podIP (${edit(i)}).`,
  'read-only-file-system': (i) =>
    `Where ${owner(i)} may write instead of ${text(i, 'subject')}: an emptyDir mounted there, or another path in its settings (${edit(i)}).`,
  'runtime-out-of-memory': (i) =>
    `How much memory the ${text(i, 'subject')} runtime may use and needs: its own setting (-Xmx, --max-old-space-size, GOMEMLIMIT) must lie below the limit of the container and above the use; kubectl top pods --containers shows that.`,
  'schema-missing': (i) =>
    `Whether the migration that makes ${text(i, 'subject')} has run on the database that ${owner(i)} uses: look for its Job, or go back to the version before it.`,
  'disk-full': (i) => `What fills ${text(i, 'subject')}: kubectl exec … -- df -h and du -sh say it.`,
  'memory-limit-changed-at-admission': (i) =>
    `Whether ${text(i, 'by')} is to set memory limits: the template says ${text(i, 'written')} and the pods get ${text(i, 'limit')}. Exempt the workload there, or mend the rule that does it; then restart ${text(i, 'workload')}.`,
  'pull-secret-unusable': (i) =>
    `The credentials of the registry: create Secret ${i.cause.name} anew as type kubernetes.io/dockerconfigjson (kubectl create secret docker-registry); a type cannot be changed in place.`,
  'probe-needs-login': (i) =>
    `A path that needs no login and says whether the program is well, instead of ${text(i, 'path')}; or a tcpSocket probe of port ${numberFact(i.facts, 'port')} (${edit(i)}).`,
  'probe-grpc-unsupported': (i) =>
    `Whether the program serves gRPC health checks under another service name; else a tcpSocket probe of port ${numberFact(i.facts, 'port')} (${edit(i)}).`,
  'awaited-object-missing': (i) =>
    `Whether ${text(i, 'kind')} ${text(i, 'name')} should exist in namespace ${text(i, 'namespace')}, or container ${text(i, 'container')} should wait for another (${edit(i)}).`,
  'program-completes': (i) =>
    `Whether ${text(i, 'container')} is a task (then it belongs in a Job or CronJob) or a server whose command has to stay in the foreground (${edit(i)}).`,
};

export const programRemedy = defineRemedy({
  mechanisms: Object.keys(needed),
  propose: (incident) => undoRollout(incident) ?? { missing: [needed[incident.mechanism]?.(incident) ?? 'What the program needs.'] },
});
