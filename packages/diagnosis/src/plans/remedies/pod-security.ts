import type { Container } from 'kubernetes-types/core/v1.js';
import { stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { type Workload, workloadAt } from '../../pods/workload.ts';
import { type PatchOperation, patchStep, proposal } from './step.ts';

/** A user that no image needs to know; the restricted profile asks for any that is not root. */
const ordinaryUser = 10001;

/** What the restricted profile asks of every container, over what the container says already. */
function restricted(container: Container): NonNullable<Container['securityContext']> {
  const own = container.securityContext ?? {};
  return {
    ...own,
    allowPrivilegeEscalation: false,
    capabilities: { ...own.capabilities, drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: own.seccompProfile ?? { type: 'RuntimeDefault' },
  };
}

/** Violations that a securityContext takes away; the others (host paths, host network, privileged) are what the program is about. */
const mendable = /^(allowPrivilegeEscalation != false|unrestricted capabilities|runAsNonRoot != true|seccompProfile)\b/;

function violationsOf(text: string): string[] {
  return text.split(/\),\s*/).map((part) => part.trim());
}

interface Patches {
  change: PatchOperation[];
  undo: PatchOperation[];
}

function patchesFor({ spec, path }: Workload): Patches {
  const patches: Patches = { change: [], undo: [] };
  for (const list of ['initContainers', 'containers'] as const) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const field = `${path}.${list}[${index}].securityContext`;
      const user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser;
      const value = { ...restricted(container), ...(user === undefined ? { runAsUser: ordinaryUser } : {}) };
      patches.change.push({ op: 'add', path: field, value });
      patches.undo.push(
        container.securityContext === undefined ? { op: 'remove', path: field } : { op: 'replace', path: field, value: container.securityContext },
      );
    }
  }
  return patches;
}

/** Meets the profile in the template, where a securityContext is all that is missing. */
export const podSecurityRemedy = defineRemedy({
  mechanisms: ['pod-security-refuses'],
  propose({ cause, facts }, view) {
    const workload = workloadAt(cause, view);
    const violations = violationsOf(stringFact(facts, 'violations') ?? '');
    const others = violations.filter((violation) => !mendable.test(violation));
    if (workload === null || others.length > 0) {
      return {
        missing: [
          `Whether ${stringFact(facts, 'workload')} may break the profile ${stringFact(facts, 'profile')} of namespace ${stringFact(facts, 'namespace')}: ${(others.length > 0 ? others : violations).join('; ')}. Its owner changes the template, or the namespace's owner moves it elsewhere.`,
        ],
      };
    }
    const { change, undo } = patchesFor(workload);
    const step = patchStep(
      { ref: cause, description: `Give the containers of ${cause.kind} ${cause.name} the securityContext that the profile asks for`, impact: 'medium' },
      change,
      undo,
    );
    return proposal(`Let ${cause.kind} ${cause.name} meet the Pod Security profile ${stringFact(facts, 'profile')}.`, [step], {
      assumptions: [
        `The program runs without root: as the user that its template names, or as ${ordinaryUser} where it names none. A program that writes into its image or binds a port below 1024 may not.`,
      ],
      recommendations: [
        'Build images that run as an ordinary user, and check templates against the profile before they are applied (pod-security.kubernetes.io/warn).',
      ],
    });
  },
});
