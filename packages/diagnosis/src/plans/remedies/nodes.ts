import { numberFact, stringFact } from '../../causes/explain.ts';
import type { Incident } from '../../model/incident.ts';
import { defineRemedy, type RemedyProposal } from '../../model/remedy.ts';
import { proposal } from './step.ts';

interface Decision {
  summary: string;
  description: string;
  command: string;
  destroys: string;
}

type Decide = (incident: Incident) => Decision;

/** What opens a node, or the way to it, is a person's to do: it concerns every workload of the cluster. */
const decisions: Readonly<Record<string, Decide>> = {
  'nodes-cordoned': ({ cause }) => ({
    summary: `Open node ${cause.name} again when its maintenance is over.`,
    description: `let node ${cause.name} take pods again`,
    command: `kubectl uncordon ${cause.name}`,
    destroys: 'Nothing; but whoever cordoned it may still be at work on it.',
  }),
  'node-tainted': ({ cause, facts }) => ({
    summary: `Take the taint ${stringFact(facts, 'taint')} off node ${cause.name} when its reason is over, or give the pods a toleration.`,
    description: `take the taint off node ${cause.name}`,
    command: `kubectl taint node ${cause.name} ${stringFact(facts, 'taint')}-`,
    destroys: 'Nothing; pods that the taint was to keep away may come.',
  }),
  'node-pods-full': ({ cause, facts }) => ({
    summary: `Node ${cause.name} holds the ${numberFact(facts, 'capacity')} pods it may: add a node, move pods away, or raise maxPods of its kubelet.`,
    description: `see which pods hold places on node ${cause.name}`,
    command: `kubectl get pods -A --field-selector=spec.nodeName=${cause.name}`,
    destroys: 'Nothing.',
  }),
  'priority-class-is-default': ({ cause, facts }) => ({
    summary: `Stop giving PriorityClass ${cause.name} to every pod, then let ${stringFact(facts, 'preemptor')} start again without it.`,
    description: `let PriorityClass ${cause.name} no longer be the default`,
    command: `kubectl patch priorityclass ${cause.name} --type=merge -p '{"globalDefault":false}'`,
    destroys: `New pods that name no class get priority 0 again; running ones keep theirs until they are made anew (${stringFact(facts, 'preemptor')} too).`,
  }),
  'preempted-by-priority': ({ facts }) => ({
    summary: `Decide who needs the room: ${stringFact(facts, 'preemptor')} (priority ${numberFact(facts, 'priority')}) or ${stringFact(facts, 'victim')} (priority ${numberFact(facts, 'ownPriority')}).`,
    description: `add a node, make ${stringFact(facts, 'preemptor')} smaller, or give ${stringFact(facts, 'victim')} a class that is as high`,
    command: 'kubectl get priorityclasses',
    destroys: 'Nothing.',
  }),
};

export const nodeDecisionRemedy = defineRemedy({
  mechanisms: Object.keys(decisions),
  propose(incident): RemedyProposal | { missing: string[] } {
    const decide = decisions[incident.mechanism];
    if (decide === undefined) return { missing: ['What keeps the pods from the nodes.'] };
    const { summary, ...decision } = decide(incident);
    return proposal(summary, [], { decisions: [decision] });
  },
});
