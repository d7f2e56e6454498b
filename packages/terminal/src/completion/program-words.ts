/** What stands in a place of a command: a kind and its objects, or something of one kind. */
export type Place = 'kind' | 'name' | 'pod' | 'node' | 'workload' | 'context' | 'namespace' | 'text';

export interface CommandWords {
  /** Of the words that follow, in order; the last one may be there again and again. */
  takes?: readonly Place[];
  /** Without those that every command of the program has. */
  flags?: readonly string[];
  commands?: Readonly<Record<string, CommandWords>>;
}

export interface ProgramWords {
  commands: Readonly<Record<string, CommandWords>>;
  /** That every command has. */
  flags: readonly string[];
}

/** Flags whose value stands in the next word, with what it is. */
export const valuesOfFlags: Readonly<Record<string, Place | readonly string[]>> = {
  '-n': 'namespace',
  '--namespace': 'namespace',
  '--context': 'context',
  '--kube-context': 'context',
  '-c': 'text',
  '--container': 'text',
  '-l': 'text',
  '--selector': 'text',
  '-f': 'text',
  '--filename': 'text',
  '-o': ['json', 'yaml', 'wide', 'name', 'jsonpath=', 'custom-columns=', 'go-template='],
  '--output': ['json', 'yaml', 'wide', 'name', 'jsonpath=', 'custom-columns=', 'go-template='],
  '--dry-run': ['server', 'client', 'none'],
  '--cascade': ['background', 'foreground', 'orphan'],
  '--type': ['strategic', 'merge', 'json'],
  '--sort-by': ['.metadata.creationTimestamp', '.metadata.name', '.status.startTime'],
  '--field-selector': ['status.phase=', 'metadata.name=', 'spec.nodeName=', 'involvedObject.name='],
  '--tail': 'text',
  '--since': ['5m', '1h', '24h'],
  '--replicas': 'text',
  '--to-revision': 'text',
  '-p': 'text',
  '--patch': 'text',
};

const read = ['-o', '--output', '-l', '--selector', '-A', '--all-namespaces', '--field-selector', '--show-labels', '--sort-by', '-w', '--watch'];
const write = ['--dry-run', '--field-manager', '-o', '--output'];
const rollout: CommandWords = { takes: ['workload'], flags: ['-l', '--selector', '--timeout'] };

const kubectl: ProgramWords = {
  flags: ['-n', '--namespace', '--context', '--kubeconfig', '--as', '--request-timeout', '-v', '-h', '--help'],
  commands: {
    get: { takes: ['kind', 'name'], flags: [...read, '--subresource', '--ignore-not-found', '--no-headers'] },
    describe: { takes: ['kind', 'name'], flags: ['-l', '--selector', '-A', '--all-namespaces', '--show-events'] },
    delete: {
      takes: ['kind', 'name'],
      flags: ['-f', '--filename', '-l', '--selector', '--cascade', '--dry-run', '--force', '--grace-period', '--wait', '--all'],
    },
    edit: { takes: ['kind', 'name'], flags: ['-o', '--output', '--subresource'] },
    logs: {
      takes: ['pod'],
      flags: [
        '-f',
        '--follow',
        '-p',
        '--previous',
        '-c',
        '--container',
        '--all-containers',
        '--since',
        '--tail',
        '--timestamps',
        '-l',
        '--selector',
        '--prefix',
      ],
    },
    exec: { takes: ['pod'], flags: ['-i', '--stdin', '-t', '--tty', '-c', '--container', '--'] },
    attach: { takes: ['pod'], flags: ['-i', '--stdin', '-t', '--tty', '-c', '--container'] },
    'port-forward': { takes: ['pod', 'text'], flags: ['--address'] },
    cp: { takes: ['text'], flags: ['-c', '--container', '--retries'] },
    debug: { takes: ['pod'], flags: ['-i', '-t', '--image', '--target', '--copy-to', '--profile', '--share-processes'] },
    apply: { takes: ['text'], flags: ['-f', '--filename', '-k', '--kustomize', '--server-side', '--force-conflicts', '--prune', ...write] },
    create: { takes: ['text'], flags: ['-f', '--filename', ...write] },
    replace: { takes: ['text'], flags: ['-f', '--filename', '--force', ...write] },
    patch: { takes: ['kind', 'name'], flags: ['-p', '--patch', '--patch-file', '--type', '--subresource', ...write] },
    diff: { takes: ['text'], flags: ['-f', '--filename', '-k', '--server-side'] },
    scale: { takes: ['workload'], flags: ['--replicas', '--current-replicas', '--timeout', ...write] },
    autoscale: { takes: ['workload'], flags: ['--min', '--max', '--cpu'] },
    rollout: {
      commands: {
        status: rollout,
        restart: rollout,
        history: { ...rollout, flags: ['--revision'] },
        undo: { ...rollout, flags: ['--to-revision', '--dry-run'] },
        pause: rollout,
        resume: rollout,
      },
    },
    set: {
      commands: {
        image: { takes: ['workload', 'text'], flags: write },
        env: { takes: ['workload', 'text'], flags: ['--list', ...write] },
        resources: { takes: ['workload'], flags: ['--limits', '--requests', ...write] },
      },
    },
    label: { takes: ['kind', 'name'], flags: ['--overwrite', '--all', '-l', ...write] },
    annotate: { takes: ['kind', 'name'], flags: ['--overwrite', '--all', '-l', ...write] },
    expose: { takes: ['kind', 'name'], flags: ['--port', '--target-port', '--type', '--name', ...write] },
    run: { takes: ['text'], flags: ['--image', '--restart', '--rm', '-i', '-t', '--env', '--command', ...write] },
    top: {
      commands: {
        pods: { takes: ['pod'], flags: ['--containers', '-A', '--all-namespaces', '-l', '--sort-by'] },
        nodes: { takes: ['node'], flags: ['-l', '--sort-by'] },
      },
    },
    wait: { takes: ['kind', 'name'], flags: ['--for', '--timeout', '-l', '--all'] },
    events: { flags: ['--for', '--types', '-A', '--all-namespaces', '-w', '--watch'] },
    explain: { takes: ['kind'], flags: ['--recursive', '--api-version'] },
    cordon: { takes: ['node'], flags: ['-l', '--dry-run'] },
    uncordon: { takes: ['node'], flags: ['-l', '--dry-run'] },
    drain: { takes: ['node'], flags: ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--grace-period', '--timeout', '--dry-run'] },
    taint: { takes: ['node', 'text'], flags: ['--overwrite', '--all', '-l'] },
    auth: { commands: { 'can-i': { takes: ['text', 'kind'], flags: ['--list', '-A', '--subresource'] }, whoami: {} } },
    config: {
      commands: {
        'use-context': { takes: ['context'] },
        'get-contexts': { takes: ['context'], flags: ['-o'] },
        'current-context': {},
        'set-context': { takes: ['context'], flags: ['--current', '--namespace'] },
        view: { flags: ['--minify', '--raw', '-o'] },
      },
    },
    'api-resources': { flags: ['--namespaced', '--api-group', '--verbs', '-o'] },
    'api-versions': {},
    'cluster-info': { commands: { dump: { flags: ['--output-directory', '-A'] } } },
    kustomize: { takes: ['text'] },
    version: { flags: ['--client', '-o'] },
  },
};

const release: CommandWords = { takes: ['text'], flags: ['-o', '--output', '--revision', '-a', '--all'] };
const install: CommandWords = {
  takes: ['text'],
  flags: ['-f', '--values', '--set', '--version', '--create-namespace', '--atomic', '--wait', '--timeout', '--dry-run', '--repo'],
};

const helm: ProgramWords = {
  flags: ['-n', '--namespace', '--kube-context', '--debug', '-h', '--help'],
  commands: {
    list: { flags: ['-A', '--all-namespaces', '-a', '--all', '-o', '--output', '-q', '--short'] },
    status: release,
    history: { ...release, flags: ['-o', '--output', '--max'] },
    get: { commands: { all: release, values: release, manifest: release, hooks: release, notes: release } },
    install,
    upgrade: { ...install, flags: [...(install.flags ?? []), '-i', '--install', '--reuse-values', '--reset-values'] },
    rollback: { takes: ['text'], flags: ['--wait', '--timeout', '--dry-run', '--force'] },
    uninstall: { takes: ['text'], flags: ['--keep-history', '--wait', '--dry-run'] },
    template: install,
    test: release,
    repo: { commands: { add: { takes: ['text'] }, list: {}, update: {}, remove: { takes: ['text'] } } },
    search: { commands: { repo: { takes: ['text'] }, hub: { takes: ['text'] } } },
    show: { commands: { values: { takes: ['text'] }, chart: { takes: ['text'] }, readme: { takes: ['text'] } } },
    version: {},
  },
};

/** What qd has beyond what it has in common with kubectl. */
const issue: CommandWords = { takes: ['text'], flags: ['-o', '--output'] };
const qd: ProgramWords = {
  flags: ['-n', '--namespace', '--context', '--kubeconfig', '-h', '--help'],
  commands: {
    ...Object.fromEntries(
      [
        'annotate',
        'apply',
        'attach',
        'cordon',
        'cp',
        'create',
        'debug',
        'delete',
        'describe',
        'diff',
        'drain',
        'edit',
        'events',
        'exec',
        'explain',
        'get',
        'label',
        'logs',
        'patch',
        'port-forward',
        'replace',
        'rollout',
        'scale',
        'top',
        'uncordon',
        'version',
        'wait',
      ].flatMap((name) => {
        const words = kubectl.commands[name];
        return words === undefined ? [] : [[name, words]];
      }),
    ),
    issues: { flags: ['-A', '--all-namespaces', '-w', '--watch', '-o', '--output'] },
    fix: issue,
    plan: issue,
    ask: { takes: ['text'] },
    lint: { takes: ['text'], flags: ['-f', '--filename', '-o', '--output'] },
    actions: { commands: { list: { flags: ['--state', '--limit', '-o'] }, show: issue, undo: issue } },
    alerts: { commands: { list: {}, add: {}, remove: issue, test: issue } },
    audit: { commands: { list: {}, show: issue, verify: {}, export: {} } },
    clusters: { commands: { check: { takes: ['context'] } } },
    helm: {
      commands: {
        list: {},
        status: release,
        history: release,
        values: release,
        manifest: release,
        notes: release,
        diff: install,
        install,
        upgrade: install,
        rollback: release,
        uninstall: release,
      },
    },
    login: { takes: ['context'] },
    evict: { takes: ['pod'] },
    suspend: { takes: ['kind', 'name'] },
    unsuspend: { takes: ['kind', 'name'] },
    snapshot: { commands: { save: { takes: ['text'] }, open: { takes: ['text'] } } },
    start: {},
    mcp: {},
  },
};

const k = kubectl;
/** Programs by the names under which they are called. */
export const programs: Readonly<Record<string, ProgramWords>> = { kubectl, k, helm, qd };
