import { isKind } from '@quarterdeck/contract';
import { numberFact, stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { workloadAt } from '../../pods/workload.ts';
import { commandLine, quoteForShell } from '../kubectl-command.ts';
import { inNamespace, patchStep, proposal } from './step.ts';

function look(description: string, kubectl: readonly string[], validation: string) {
  return { description, kubectl, validation, rollback: null, impact: 'none' as const };
}

/** Spells out the headless Service that the set names, with the set's own labels and ports. */
export const governingServiceRemedy = defineRemedy({
  mechanisms: ['governing-service-missing'],
  propose({ cause, facts }, view) {
    const [set, service] = [stringFact(facts, 'set') ?? '', stringFact(facts, 'service') ?? ''];
    const object = view.get('StatefulSet', cause.namespace, set);
    const selector = object?.spec?.selector.matchLabels;
    if (object === undefined || selector === undefined) return { missing: [`The labels of the pods of StatefulSet ${set}.`] };
    const ports = (object.spec?.template.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
    const offered = ports.map(({ name, containerPort }) => ({ ...(name === undefined ? {} : { name }), port: containerPort }));
    const spec = { clusterIP: 'None', selector, ...(offered.length === 0 ? {} : { ports: offered }) };
    const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: service, namespace: cause.namespace }, spec };
    return proposal(
      `Create the headless Service ${service} that StatefulSet ${set} names; spec.serviceName itself cannot be changed in place.`,
      [look('See which Services there are', ['get', 'services', '-n', cause.namespace ?? 'default'], `${service} is among them, with CLUSTER-IP None.`)],
      {
        decisions: [
          {
            description: `create Service ${service}`,
            command: `echo ${quoteForShell(JSON.stringify(manifest))} | kubectl create -f -`,
            destroys: 'Nothing; the stable names of the pods resolve afterwards.',
          },
        ],
      },
    );
  },
});

/** Which pods a budget guards is its owner's to say. */
export const budgetSelectorRemedy = defineRemedy({
  mechanisms: ['disruption-budget-matches-nothing', 'disruption-budgets-overlap', 'disruption-budget-cannot-count'],
  propose({ cause, facts, mechanism }) {
    const read = look(
      `Read what PodDisruptionBudget ${cause.name} guards`,
      inNamespace(cause, ['describe', 'poddisruptionbudget', cause.name]),
      'It guards the pods it is meant for, and no other budget does.',
    );
    if (mechanism === 'disruption-budget-cannot-count')
      return proposal(`Let PodDisruptionBudget ${cause.name} ask for a number of pods (an integer minAvailable), or give its pods a controller.`, [read]);
    if (mechanism === 'disruption-budget-matches-nothing')
      return proposal(
        `Let PodDisruptionBudget ${cause.name} select labels that pods carry${facts.meant === null ? '' : `: ${stringFact(facts, 'meant')} comes nearest`}, or delete it.`,
        [read],
      );
    const other = stringFact(facts, 'other') ?? '';
    return proposal(`Keep one of the PodDisruptionBudgets ${cause.name} and ${other}.`, [read], {
      decisions: [
        {
          description: `keep ${other} alone`,
          command: commandLine(inNamespace(cause, ['delete', 'poddisruptionbudget', cause.name])),
          destroys: `What ${cause.name} asks for is not kept any more; ${other} still guards the pods.`,
        },
      ],
    });
  },
});

export const overloadedAutoscalerRemedy = defineRemedy({
  mechanisms: ['hpa-overloaded'],
  propose({ cause, facts }) {
    const [most, current, target] = [
      numberFact(facts, 'maxReplicas'),
      Number.parseInt(stringFact(facts, 'current') ?? '', 10),
      Number.parseInt(stringFact(facts, 'target') ?? '', 10),
    ];
    const needed = Math.ceil((most * current) / target);
    const patch = JSON.stringify({ spec: { maxReplicas: needed } });
    return proposal(
      `Decide whether ${cause.name} may have more than ${most} replicas: the load asks for about ${needed}.`,
      [look('See what its pods use', ['top', 'pods', '-n', cause.namespace ?? 'default'], 'The load is real work and not a program that spins.')],
      {
        decisions: [
          {
            description: `allow ${needed} replicas`,
            command: commandLine(inNamespace(cause, ['patch', 'horizontalpodautoscaler', cause.name, '--type=merge', '-p', patch])),
            destroys: `Nothing; up to ${needed - most} more pods take room on the nodes.`,
          },
        ],
      },
    );
  },
});

export const mountTokenRemedy = defineRemedy({
  mechanisms: ['service-account-token-not-mounted'],
  propose({ cause, evidence }) {
    const path = evidence.find(({ path: field }) => field?.endsWith('automountServiceAccountToken'))?.path ?? null;
    if (path === null || cause.kind === 'Pod' || cause.kind === 'Job')
      return { missing: [`A new ${cause.kind} with the token mounted: this one cannot be changed in place.`] };
    const step = patchStep(
      { ref: cause, description: 'Mount the token of the ServiceAccount' },
      [{ op: 'replace', path, value: true }],
      [{ op: 'replace', path, value: false }],
    );
    const validation = cause.kind === 'ServiceAccount' ? 'Pods that are created from now on have the token: restart the workload.' : step.validation;
    return proposal('Mount the ServiceAccount token that the program reads.', [{ ...step, validation }], {
      assumptions: ['The program is meant to talk to the API server; if not, it should not read the token.'],
    });
  },
});

/** Leaves the claim to one replica, where the replicas of one Deployment fight over it. */
export const claimInUseRemedy = defineRemedy({
  mechanisms: ['claim-in-use'],
  propose({ cause, facts }, view) {
    const object = view.find(cause);
    const replicas = object !== undefined && isKind(object, 'Deployment') ? (object.spec?.replicas ?? 1) : 1;
    if (facts.own !== true || replicas < 2 || workloadAt(cause, view) === null)
      return { missing: [`Which of the pods that want PersistentVolumeClaim ${stringFact(facts, 'claim')} should have it: only one can.`] };
    const command = (count: number) => inNamespace(cause, ['scale', `deployment/${cause.name}`, `--replicas=${count}`]);
    const step = {
      description: `Run one replica of Deployment ${cause.name}`,
      kubectl: command(1),
      validation: `${commandLine(inNamespace(cause, ['rollout', 'status', `deployment/${cause.name}`, '--timeout=180s']))} ends with success.`,
      rollback: commandLine(command(replicas)),
      impact: 'medium' as const,
    };
    return proposal(`Run Deployment ${cause.name} with the one replica that its claim admits.`, [step], {
      assumptions: ['One replica carries the load. For more, each needs a claim of its own (a StatefulSet), or a volume that several may write.'],
    });
  },
});

/** A certificate that fits is made by whoever owns the authority. */
export const ingressSecretRemedy = defineRemedy({
  mechanisms: ['certificate-host-mismatch', 'tls-secret-unusable'],
  propose({ cause, facts }) {
    const [ingress, secret] = [stringFact(facts, 'ingress') ?? '', stringFact(facts, 'secret') ?? ''];
    const host = stringFact(facts, 'host') ?? 'the hosts of the Ingress';
    const make = commandLine(inNamespace(cause, ['create', 'secret', 'tls', secret, '--cert=tls.crt', '--key=tls.key', '--dry-run=client', '-o', 'yaml']));
    return proposal(
      `Put a certificate for ${host} into Secret ${secret}, or let Ingress ${ingress} name the Secret that has one.`,
      [
        look(
          `Read which Secrets Ingress ${ingress} names`,
          inNamespace(cause, ['describe', 'ingress', ingress]),
          `It names a Secret with a certificate for ${host}.`,
        ),
      ],
      {
        decisions: [
          {
            description: `replace what Secret ${secret} holds with files from your certificate authority`,
            command: `${make} | kubectl apply -f -`,
            destroys: `What Secret ${secret} holds now is overwritten${stringFact(facts, 'type') === null ? '' : '; its type cannot be changed in place, so it has to be deleted first'}.`,
          },
        ],
      },
    );
  },
});

export const ingressConflictRemedy = defineRemedy({
  mechanisms: ['ingress-conflict'],
  propose({ cause, facts }) {
    return {
      missing: [
        `Which Ingress should serve ${stringFact(facts, 'host')}${stringFact(facts, 'path')}: ${stringFact(facts, 'other')} (to ${stringFact(facts, 'otherBackend')}) or ${cause.name} (to ${stringFact(facts, 'own')}). Give the other another host or path, or delete it.`,
      ],
    };
  },
});
