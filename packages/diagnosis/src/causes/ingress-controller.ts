import { type IngressAddressFacts, ingressAddressError, ingressUnserved, type UnservedIngressFacts } from '../analysers/ingress-controller.ts';
import { defineRule } from '../model/rule.ts';
import { defineMechanism, endsAt, stringFact } from './explain.ts';

export const controllerStopped = defineMechanism<UnservedIngressFacts & { ingress: string }>({
  id: 'ingress-controller-not-running',
  title: (facts) =>
    facts.stopped === null
      ? `No controller serves ingress class ${facts.class}`
      : `${facts.stopped}, the controller of ingress class ${facts.class}, is scaled to zero`,
  sentence: (facts) =>
    `Ingress ${facts.ingress} has class ${facts.class}, whose controller is ${facts.controller}; ${
      facts.stopped === null ? 'nothing in the cluster looks like it' : `${facts.stopped} is scaled to zero`
    }, so the Ingress gets no address and routes nothing.`,
});

export const addressRefused = defineMechanism<IngressAddressFacts>({
  id: 'ingress-address-error',
  title: (facts, object) => `Ingress ${object.name}: ${facts.error}`,
  sentence: (facts, object) => `The controller of Ingress ${object.name} could not set up its load balancer: ${facts.error}.`,
});

const id = 'ingress-controller';

export const ingressControllerRule = defineRule({
  id,
  explains: [ingressUnserved.code, ingressAddressError.code],
  mechanisms: [controllerStopped, addressRefused],
  *explain(finding) {
    const { evidence, object } = finding;
    if (finding.code === ingressAddressError.code) {
      const facts = { error: stringFact(finding.facts, 'error') ?? '' };
      yield endsAt({ rule: id, finding, mechanism: addressRefused, object, facts, strength: 'certain', evidence });
      return;
    }
    const [cause = object] = finding.concerns ?? [];
    const facts = {
      ingress: object.name,
      class: stringFact(finding.facts, 'class') ?? '',
      controller: stringFact(finding.facts, 'controller') ?? '',
      stopped: stringFact(finding.facts, 'stopped'),
    };
    yield endsAt({ rule: id, finding, mechanism: controllerStopped, object: cause, facts, strength: facts.stopped === null ? 'possible' : 'likely', evidence });
  },
});
