import { stringFact } from '../../causes/explain.ts';
import { defineRemedy, type RemedyStep } from '../../model/remedy.ts';
import type { ClusterView } from '../../view/cluster-view.ts';
import { commandLine } from '../kubectl-command.ts';
import { hasRollout, inNamespace, patchStep, proposal, restartStep } from './step.ts';

/** Creates the account that is only referred to, or names the one that exists. */
export const serviceAccountRemedy = defineRemedy({
  mechanisms: ['service-account-missing'],
  propose(incident, view) {
    const { cause, facts } = incident;
    const [meant, path, account] = [stringFact(facts, 'meant'), stringFact(facts, 'path'), stringFact(facts, 'account')];
    if (cause.kind !== 'ServiceAccount' && meant !== null && path !== null && account !== null) {
      const step = patchStep(
        { ref: cause, description: `Run as ServiceAccount ${meant}` },
        [{ op: 'replace', path, value: meant }],
        [{ op: 'replace', path, value: account }],
      );
      return proposal(`Let ${cause.kind} ${cause.name} run as ${meant}, which exists.`, [step], { assumptions: [`${meant} is the account that was meant.`] });
    }
    const create: RemedyStep = {
      description: `Create ServiceAccount ${cause.name}`,
      kubectl: inNamespace(cause, ['create', 'serviceaccount', cause.name]),
      validation: `${commandLine(inNamespace(cause, ['get', 'serviceaccount', cause.name]))} finds it.`,
      rollback: `${commandLine(inNamespace(cause, ['delete', 'serviceaccount', cause.name]))} (yours to decide: pods that run as it lose their identity)`,
      impact: 'low',
    };
    const restarts = usersOf(incident.affected, view).map((ref) => restartStep(ref, 'its pods are created at once instead of at the next retry'));
    return proposal(`Create ServiceAccount ${cause.name}, which ${stringFact(facts, 'workload')} runs as.`, [create, ...restarts], {
      assumptions: [`ServiceAccount ${cause.name} needs no rights of its own to start with; role bindings that name it take effect at once.`],
      evidenceToGather: [`Which rights the program needs: ServiceAccount ${cause.name} is created without any.`],
      recommendations: ['Ship the ServiceAccount in the same package as the workload that runs as it.'],
    });
  },
});

function usersOf(affected: readonly { kind: string; apiVersion: string; namespace: string | null; name: string }[], view: ClusterView) {
  return affected.filter((ref) => hasRollout(ref) && view.find(ref) !== undefined);
}

/** Names the account, or the class, that exists. */
export const priorityClassRemedy = defineRemedy({
  mechanisms: ['priority-class-missing'],
  propose({ cause, facts }) {
    const [meant, path, wrong] = [stringFact(facts, 'meant'), stringFact(facts, 'path'), stringFact(facts, 'class')];
    if (cause.kind === 'PriorityClass' || meant === null || path === null || wrong === null) {
      return {
        missing: [
          `Which priority PriorityClass ${wrong} should have (a value between -2147483648 and 1000000000): it concerns the whole cluster, so its owner has to create it, or ${stringFact(facts, 'workload')} has to name another.`,
        ],
      };
    }
    const step = patchStep(
      { ref: cause, description: `Use PriorityClass ${meant}` },
      [{ op: 'replace', path, value: meant }],
      [{ op: 'replace', path, value: wrong }],
    );
    return proposal(`Let ${cause.kind} ${cause.name} use PriorityClass ${meant}, which exists.`, [step], {
      assumptions: [`${meant} is the class that was meant.`],
    });
  },
});

/** Runs as the account of the same namespace that has the right. */
export const otherAccountRemedy = defineRemedy({
  mechanisms: ['wrong-service-account'],
  propose({ cause, facts }) {
    const [other, account] = [stringFact(facts, 'detail'), stringFact(facts, 'account')];
    if (other === null || account === null || !hasRollout(cause)) return { missing: ['A workload whose ServiceAccount can be changed in place.'] };
    const command = (name: string) => inNamespace(cause, ['set', 'serviceaccount', `${cause.kind.toLowerCase()}/${cause.name}`, name]);
    const step: RemedyStep = {
      description: `Run ${cause.kind} ${cause.name} as ServiceAccount ${other}`,
      kubectl: command(other),
      validation: `${commandLine(inNamespace(cause, ['rollout', 'status', `${cause.kind.toLowerCase()}/${cause.name}`, '--timeout=180s']))} ends with success, and the log shows no refusal.`,
      rollback: commandLine(command(account)),
      impact: 'low',
    };
    return proposal(`Run ${cause.kind} ${cause.name} as ServiceAccount ${other}, which has the right.`, [step], {
      assumptions: [`${other} is the account that was made for it.`],
    });
  },
});

/** Rights are never granted by a plan: the exact rule is spelled out for whoever may grant it. */
export const accessRemedy = defineRemedy({
  mechanisms: ['role-lacks-permission', 'bound-role-missing', 'binding-subject-wrong', 'binding-too-narrow', 'no-role-binding'],
  propose({ cause, facts, mechanism }) {
    const [verb, resource, group] = [stringFact(facts, 'verb') ?? '', stringFact(facts, 'resource') ?? '', stringFact(facts, 'group') ?? ''];
    const [account, accountNamespace, namespace] = [
      stringFact(facts, 'account') ?? '',
      stringFact(facts, 'accountNamespace') ?? '',
      stringFact(facts, 'namespace'),
    ];
    const granted = resource.startsWith('/') ? { nonResourceURLs: [resource], verbs: [verb] } : { apiGroups: [group], resources: [resource], verbs: [verb] };
    const rule = JSON.stringify([{ op: 'add', path: '/rules/-', value: granted }]);
    const scope = namespace === null ? [] : ['-n', namespace];
    const user = `system:serviceaccount:${accountNamespace}:${account}`;
    const command =
      mechanism === 'role-lacks-permission'
        ? commandLine(inNamespace(cause, ['patch', cause.kind.toLowerCase(), cause.name, '--type=json', '-p', rule]))
        : commandLine([
            'create',
            namespace === null ? 'clusterrolebinding' : 'rolebinding',
            `${account}-${resource.replace('/', '-')}`,
            namespace === null ? '--clusterrole=ROLE' : '--role=ROLE',
            `--serviceaccount=${accountNamespace}:${account}`,
            ...scope,
          ]);
    const check = {
      description: 'See what the account’s namespace grants now',
      kubectl: ['get', 'rolebindings', '-n', accountNamespace, '-o', 'wide'],
      validation: `The binding of ${account} names the role that was meant.`,
      rollback: null,
      impact: 'none' as const,
    };
    return proposal(
      `Rights are granted by whoever owns them: ServiceAccount ${accountNamespace}/${account} needs ${verb} on ${resource}${group === '' ? '' : `.${group}`}.`,
      [check],
      {
        decisions: [
          {
            description: `allow ${user} to ${verb} ${resource}`,
            command,
            destroys: 'It widens what every pod that runs as this account may do; nothing is deleted.',
          },
        ],
        evidenceToGather: [`Whether it worked: ${commandLine(['auth', 'can-i', verb, resource, ...scope])} asked with the rights of the account.`],
        recommendations: ['Keep the role beside the program that needs it and add the rule in the same change that adds the call.'],
      },
    );
  },
});

/** The rules of an aggregated role are written by Kubernetes: what is labelled is what counts. */
export const aggregatedRoleRemedy = defineRemedy({
  mechanisms: ['aggregated-role-lacks-part'],
  propose({ cause, facts }) {
    const [whole = '', wanted = ''] = /^ClusterRole (\S+) \((.+)\)$/.exec(stringFact(facts, 'detail') ?? '')?.slice(1) ?? [];
    const look = {
      description: 'See what the aggregated role has now',
      kubectl: ['describe', 'clusterrole', whole],
      validation: `It lists ${stringFact(facts, 'verb')} on ${stringFact(facts, 'resource')}.`,
      rollback: null,
      impact: 'none' as const,
    };
    return proposal(`Label ClusterRole ${cause.name} so that ClusterRole ${whole} takes in its rules.`, [look], {
      decisions: [
        {
          description: `let ClusterRole ${whole} collect ClusterRole ${cause.name}`,
          command: commandLine(['label', 'clusterrole', cause.name, ...wanted.split(', ')]),
          destroys: `Everybody who is bound to ${whole} gets what ${cause.name} allows; nothing is deleted.`,
        },
      ],
    });
  },
});
