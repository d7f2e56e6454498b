import { groupOf, type ObjectRef } from '@quarterdeck/contract';
import { listFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal, type RemedyStep } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, jsonPatch, proposal, rolloutValidation, target } from './step.ts';

/** `certificate.cert-manager.io`: the kind as no other group can be meant by it. */
function typeOf({ apiVersion, kind }: ObjectRef): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

function look(ref: ObjectRef): RemedyStep {
  return {
    description: `See what ${ref.kind} ${ref.name} says of itself`,
    kubectl: inNamespace(ref, ['describe', typeOf(ref), ref.name]),
    validation: 'Once it is mended, its conditions turn within a few minutes, when its operator looks at it again.',
    rollback: null,
    impact: 'none',
  };
}

const neverMade = ['Let the pipeline apply a custom resource only together with what it refers to.'];

/** What an operator acts on is changed by a person: it may create and delete a lot. */
function patchDecision(ref: ObjectRef, path: string, value: string, description: string): RemedyProposal['decisions'][number] {
  const patch = jsonPatch([{ op: 'replace', path, value }]);
  return {
    description,
    command: commandLine(inNamespace(ref, ['patch', typeOf(ref), ref.name, '--type=json', '-p', patch])),
    destroys: `Its operator acts on the change at once and may replace what it made for ${ref.kind} ${ref.name}.`,
  };
}

/** Points the resource at what exists. */
export const customReferenceMisspeltRemedy = defineRemedy({
  mechanisms: ['custom-reference-misspelt'],
  propose({ cause, facts }) {
    const [path, kind, name, meant] = ['path', 'kind', 'name', 'meant'].map((key) => stringFact(facts, key));
    const existing = listFact(facts, 'existing');
    const right = meant ?? (existing.length === 1 ? existing[0] : undefined);
    if (!path) return { missing: ['The exact field that holds the reference.'] };
    if (!right)
      return {
        missing: [
          `Which ${kind} ${cause.kind} ${cause.name} should use instead of ${name}${existing.length === 0 ? ': the cluster has none' : `: there is ${existing.join(', ')}`}.`,
        ],
      };
    return proposal(`Let ${cause.kind} ${cause.name} refer to ${kind} ${right} instead of ${name}.`, [look(cause)], {
      decisions: [patchDecision(cause, path, right, `set ${path} to ${right}`)],
      recommendations: neverMade,
    });
  },
});

/** What is missing is made by whoever knows what belongs into it. */
export const customReferenceMissingRemedy = defineRemedy({
  mechanisms: ['custom-reference-missing'],
  propose({ cause, facts, findings }) {
    const referrer = findings.find(({ object }) => object.name !== cause.name)?.object;
    const how =
      cause.kind === 'Secret' && cause.namespace !== null
        ? commandLine(['create', 'secret', 'generic', cause.name, '-n', cause.namespace, '--from-literal=KEY=VALUE'])
        : '';
    return proposal(
      `Create ${cause.kind} ${cause.name}, or change what ${stringFact(facts, 'referrer') ?? 'refers to it'} names.`,
      referrer === undefined ? [] : [look(referrer)],
      {
        decisions: [{ description: `create ${cause.kind} ${cause.name}`, command: how, destroys: 'Nothing is deleted.' }],
        evidenceToGather: [`What ${cause.kind} ${cause.name} should hold: nothing in the cluster says it.`],
        recommendations: neverMade,
      },
    );
  },
});

/** A controller that somebody stopped can be started again as it was. */
export const controllerRemedy = defineRemedy({
  mechanisms: ['controller-scaled-to-zero'],
  propose({ cause, facts }) {
    const step: RemedyStep = {
      description: `Run one replica of ${cause.kind} ${cause.name}`,
      kubectl: inNamespace(cause, ['scale', target(cause), '--replicas=1']),
      validation: rolloutValidation(cause),
      rollback: `${commandLine(inNamespace(cause, ['scale', target(cause), '--replicas=0']))} (yours to decide: it stops the controller again)`,
      impact: 'medium',
    };
    return proposal(`Start the controller again: ${stringFact(facts, 'resource')} waits for it.`, [step], {
      assumptions: ['Nobody stopped it on purpose, for a migration or an upgrade.', 'It acts at once on everything that changed while it was away.'],
      recommendations: ['Alert on an operator without ready pods: nothing else shows that its resources are not acted upon.'],
    });
  },
});

/** Rights are a person's to give. */
export const operatorForbiddenRemedy = defineRemedy({
  mechanisms: ['operator-forbidden'],
  propose({ cause, facts }) {
    const [account = '', verb = '', asked = ''] = ['account', 'verb', 'asked'].map((key) => stringFact(facts, key) ?? '');
    const [namespace = '', name = ''] = account.split('/');
    const [resource = '', ...place] = asked.split(' ');
    const inside = /in namespace (\S+)/.exec(place.join(' '))?.[1];
    const check = [
      'auth',
      'can-i',
      verb,
      resource,
      `--as=system:serviceaccount:${namespace}:${name}`,
      ...(inside === undefined ? ['--all-namespaces'] : ['-n', inside]),
    ];
    const rule = JSON.stringify([
      {
        op: 'add',
        path: '/rules/-',
        value: { apiGroups: [resource.includes('.') ? resource.slice(resource.indexOf('.') + 1) : ''], resources: [resource.split('.')[0]], verbs: [verb] },
      },
    ]);
    const decision =
      cause.kind === 'Role' || cause.kind === 'ClusterRole'
        ? {
            description: `allow it in ${cause.kind} ${cause.name}`,
            command: commandLine(inNamespace(cause, ['patch', cause.kind.toLowerCase(), cause.name, '--type=json', '-p', rule])),
            destroys: 'Nothing is deleted; everybody who is bound to it gets the right.',
          }
        : { description: `bind ServiceAccount ${account} to a role that allows to ${verb} ${asked}`, command: '', destroys: 'Nothing is deleted.' };
    return proposal(`Give ServiceAccount ${account} the right to ${verb} ${asked}.`, [], {
      decisions: [decision],
      evidenceToGather: [`${commandLine(check)} answers yes once it is given.`],
      recommendations: ['Install the roles of an operator in the version of the operator: an upgrade often needs new rights.'],
    });
  },
});

/** The value is a person's to choose; the place where it stands is known. */
export const customValueRemedy = defineRemedy({
  mechanisms: ['custom-value-fails'],
  propose({ cause, facts }: Incident) {
    const [path = '', value = '', what] = ['path', 'value', 'what'].map((key) => stringFact(facts, key) ?? '');
    const fits =
      what === 'image'
        ? 'Which image exists and is meant'
        : what === 'request'
          ? 'How much the program needs: it must fit on one node'
          : 'Which label the nodes that are meant have';
    return {
      missing: [
        `${fits}: ${path} of ${cause.kind} ${cause.name} is ${value}. Change it there (${commandLine(inNamespace(cause, ['edit', typeOf(cause), cause.name]))}): its operator undoes a change of what it made.`,
      ],
    };
  },
});
