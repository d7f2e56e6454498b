import { stringFact } from '../../causes/explain.ts';
import { defineRemedy } from '../../model/remedy.ts';
import { commandLine } from '../kubectl-command.ts';
import { inNamespace, patchStep, proposal } from './step.ts';

/** Uses the class that exists: the near miss, the default, or the only one. */
export const ingressClassRemedy = defineRemedy({
  mechanisms: ['ingress-class-missing'],
  propose({ cause, facts }, view) {
    const meant = stringFact(facts, 'meant');
    const wrong = stringFact(facts, 'class');
    if (meant === null) {
      return {
        missing: [
          `Which ingress controller should serve Ingress ${cause.name}: no IngressClass of the cluster can be taken for ${wrong ?? 'its class'}. Install the controller that brings ${wrong ?? 'one'}, or name an existing class; kubectl get ingressclass lists them.`,
        ],
      };
    }
    const annotated = view.outgoing(cause, 'classes')[0]?.path.startsWith('metadata') ?? false;
    const path = annotated ? 'metadata.annotations["kubernetes.io/ingress.class"]' : 'spec.ingressClassName';
    const undo = wrong === null ? ({ op: 'remove', path } as const) : ({ op: 'replace', path, value: wrong } as const);
    const step = patchStep(
      { ref: cause, description: `Let Ingress ${cause.name} use ingress class ${meant}` },
      [{ op: wrong === null ? 'add' : 'replace', path, value: meant }],
      [undo],
    );
    const validation = `${commandLine(inNamespace(cause, ['get', 'ingress', cause.name]))} shows an address within a few minutes.`;
    return proposal(`Let Ingress ${cause.name} use the existing class ${meant}.`, [{ ...step, validation }], {
      assumptions: [`The controller of class ${meant} is meant to serve it.`],
      recommendations: ['Mark one IngressClass as the default and leave ingressClassName out where it does not matter.'],
    });
  },
});

/** Points a backend at the Service, or the port, that exists. */
export const ingressBackendRemedy = defineRemedy({
  mechanisms: ['ingress-backend-missing', 'ingress-tls-missing'],
  propose({ cause, facts, mechanism }) {
    const [meant, path] = [stringFact(facts, 'meant'), stringFact(facts, 'path')];
    const wrong = stringFact(facts, mechanism === 'ingress-tls-missing' ? 'secret' : 'service');
    if (meant === null || path === null || wrong === null || cause.kind !== 'Ingress') {
      return {
        missing: [
          `What ${cause.kind} ${cause.name} should be: nothing in namespace ${cause.namespace} is named like it. Create it, or let Ingress ${stringFact(facts, 'ingress')} name another.`,
        ],
      };
    }
    const step = patchStep(
      { ref: cause, description: `Refer to ${meant} instead of ${wrong}` },
      [{ op: 'replace', path, value: meant }],
      [{ op: 'replace', path, value: wrong }],
    );
    const validation = `${commandLine(inNamespace(cause, ['describe', 'ingress', cause.name]))} shows no error beside the backend.`;
    return proposal(`Let Ingress ${cause.name} refer to ${meant}, which exists.`, [{ ...step, validation }], { assumptions: [`${meant} is what was meant.`] });
  },
});

export const ingressPortRemedy = defineRemedy({
  mechanisms: ['ingress-port-mismatch'],
  propose({ cause, facts }, view) {
    const [service, path, wrong] = [stringFact(facts, 'service'), stringFact(facts, 'path'), stringFact(facts, 'port')];
    const ports = view.get('Service', cause.namespace, service ?? '')?.spec?.ports ?? [];
    const [only] = ports;
    if (path === null || wrong === null || only === undefined || ports.length > 1) {
      return {
        missing: [
          `Which port of Service ${service} Ingress ${cause.name} is meant for: it has ${ports.length === 0 ? 'none' : ports.map(({ port }) => port).join(', ')}.`,
        ],
      };
    }
    const field = path.replace(/\.(number|name)$/, '');
    const before = path.endsWith('.number') ? { number: Number(wrong) } : { name: wrong };
    const step = patchStep(
      { ref: cause, description: `Route to port ${only.port} of Service ${service}` },
      [{ op: 'replace', path: field, value: { number: only.port } }],
      [{ op: 'replace', path: field, value: before }],
    );
    const validation = `${commandLine(inNamespace(cause, ['describe', 'ingress', cause.name]))} shows no error beside the backend.`;
    return proposal(`Let Ingress ${cause.name} route to port ${only.port}, the only one of Service ${service}.`, [{ ...step, validation }]);
  },
});
