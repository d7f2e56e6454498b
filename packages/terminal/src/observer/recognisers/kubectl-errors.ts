import { kindDescriptors, pluralOf, shortNames } from '@quarterdeck/contract';
import type { EndedCommand, Recognised, Recogniser } from '../recogniser.ts';

/** What kubectl and Helm say, and what it means. Their messages end at the line's end. */
interface Saying {
  pattern: RegExp;
  found(groups: Partial<Record<string, string>>, ended: EndedCommand): Recognised;
}

const kinds = new Map(kindDescriptors.map(({ kind }) => [pluralOf(kind), kind]));

/** `deployments.apps "web"`, as errors name an object. */
function objectsOf({ resource = '', name }: Partial<Record<string, string>>, ended: EndedCommand): Recognised['objects'] {
  const plural = resource.split('.')[0] ?? '';
  const short = Object.entries(shortNames).find(([, names]) => names.includes(plural))?.[0];
  const kind = kinds.get(plural) ?? short ?? [...kinds.values()].find((known) => known.toLowerCase() === plural);
  return kind === undefined || name === undefined ? [] : [{ kind, namespace: namespaceOf(ended.command), name }];
}

function namespaceOf(command: string): string | null {
  return /(?:^|\s)(?:-n|--namespace)[ =]([a-z\d.-]+)/.exec(command)?.[1] ?? null;
}

const isHelm = ({ command }: EndedCommand) => /(?:^|[\s/])helm\s/.test(command);

const sayings: readonly Saying[] = [
  {
    pattern: /^Error from server \(NotFound\): (?<resource>[a-z.\d]+) "(?<name>[^"]+)" not found/,
    found: (groups, ended) => {
      const plural = groups.resource ?? '';
      const everywhere =
        namespaceOf(ended.command) === null && plural !== 'namespaces'
          ? `kubectl get ${plural} --all-namespaces --field-selector metadata.name=${groups.name}`
          : null;
      return { title: `${groups.resource} ${groups.name} is not there`, detail: 'It may be in another namespace or cluster.', suggestion: everywhere };
    },
  },
  {
    pattern:
      /^Error from server \(Forbidden\): .*?User "(?<user>[^"]+)" cannot (?<verb>\w+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/,
    found: ({ user, verb, resource, group, namespace }) => ({
      title: `${user} may not ${verb} ${resource}`,
      detail: namespace === undefined ? 'A role for the whole cluster must allow it.' : `A role in the namespace ${namespace} must allow it.`,
      suggestion: `kubectl auth can-i --list${namespace === undefined ? '' : ` -n ${namespace}`}${group === '' ? '' : ` | grep ${group}`}`,
    }),
  },
  {
    pattern: /^Error from server \(Conflict\): .*?Operation cannot be fulfilled on (?<resource>[a-z.\d]+) "(?<name>[^"]+)"/,
    found: (groups, ended) => ({
      title: `Somebody else changed ${groups.resource} ${groups.name} meanwhile`,
      detail: 'Read it again, and make the change on that.',
      objects: objectsOf(groups, ended) ?? [],
    }),
  },
  {
    pattern: /^(?:error|Error): Apply failed with \d+ conflicts?: conflicts? with "(?<manager>[^"]+)"/,
    found: ({ manager }) => ({
      title: `${manager} owns fields that this sets`,
      detail: 'To take them over is a decision: whoever owns them may set them back.',
    }),
  },
  {
    pattern: /^Error from server \(AlreadyExists\): .*?(?<resource>[a-z.\d]+) "(?<name>[^"]+)" already exists/,
    found: (groups, ended) => ({ title: `${groups.resource} ${groups.name} is there already`, objects: objectsOf(groups, ended) ?? [] }),
  },
  {
    pattern: /^The (?<kind>\w+) "(?<name>[^"]+)" is invalid:(?: (?<why>.*))?$/,
    found: ({ kind = '', name = '', why }, ended) => ({
      title: `${kind} ${name} is not valid`,
      detail: why ?? null,
      objects: [{ kind, namespace: namespaceOf(ended.command), name }],
    }),
  },
  {
    pattern: /unknown field "(?<field>[^"]+)"/,
    found: ({ field = '' }, { command }) => {
      const kind = /\b(?:create|edit|patch)\s+(?<kind>[a-z]+)/.exec(command)?.groups?.kind;
      return {
        title: `There is no field ${field}`,
        detail: 'It is misspelled, or in the wrong place.',
        suggestion: kind === undefined ? null : `kubectl explain ${kind} --recursive`,
      };
    },
  },
  {
    pattern: /^error: the server doesn't have a resource type "(?<resource>[^"]+)"/,
    found: ({ resource = '' }) => ({
      title: `The cluster has no kind ${resource}`,
      suggestion: `kubectl api-resources | grep -i ${resource.replace(/[^a-z\d.-]/gi, '')}`,
    }),
  },
  {
    pattern: /^error: (?:no context exists with the name: "(?<context>[^"]+)"|context "(?<other>[^"]+)" does not exist)/,
    found: ({ context, other }) => ({ title: `There is no context ${context ?? other}`, suggestion: 'kubectl config get-contexts' }),
  },
  {
    pattern: /^(?:error: current-context (?:must exist|is not set)|error: no configuration has been provided)/,
    found: () => ({ title: 'No context is selected', suggestion: 'kubectl config get-contexts' }),
  },
  {
    pattern:
      /^(?:The connection to the server (?<server>\S+) was refused|Unable to connect to the server: (?<why>.*)|.*dial tcp (?<address>\S+): connect: connection refused)/,
    found: ({ server, why, address }) => ({
      title: server?.startsWith('localhost:8080') === true ? 'No cluster is configured here' : 'The cluster does not answer',
      detail: why ?? server ?? address ?? null,
      suggestion: 'kubectl config get-contexts',
    }),
  },
  {
    pattern: /^error: You must be logged in to the server/,
    found: () => ({ title: 'The login has expired, or is not known to the cluster', suggestion: 'qd clusters check' }),
  },
  {
    pattern: /^Error: (?:release: not found|(?:uninstall: )?Release not loaded: (?<name>\S+): release: not found)/,
    found: ({ name }) => ({
      title: name === undefined ? 'There is no such release here' : `There is no release ${name} here`,
      suggestion: 'helm list --all-namespaces',
    }),
  },
  {
    pattern: /^Error: .*another operation \(install\/upgrade\/rollback\) is in progress/,
    found: (_groups, { command }) => {
      const release = /\bhelm\s+(?:upgrade|rollback|install)\s+(?:-\S+\s+)*([a-z\d-]+)/.exec(command)?.[1];
      return { title: 'Another operation of this release is under way, or was cut off', suggestion: release === undefined ? null : `helm history ${release}` };
    },
  },
  {
    pattern: /^Error: (?:INSTALLATION FAILED: )?cannot re-use a name that is still in use/,
    found: () => ({ title: 'A release of this name is installed already', suggestion: 'helm list --all' }),
  },
  {
    pattern: /^Error: (?:INSTALLATION|UPGRADE) FAILED: (?<why>.*)$/,
    found: ({ why }) => ({ title: 'The release was not deployed', detail: why ?? null }),
  },
];

/** Errors of kubectl, Helm and whatever speaks as they do; the first of them, as the rest mostly follows from it. */
export const kubectlErrors: Recogniser = {
  kind: 'kubectlError',
  recognise(ended) {
    if (ended.exit === 0) return [];
    for (const line of ended.lines) {
      for (const { pattern, found } of sayings) {
        const match = pattern.exec(line);
        if (match !== null) return [{ detail: isHelm(ended) ? null : line, ...found(match.groups ?? {}, ended) }];
      }
    }
    return [];
  },
};
