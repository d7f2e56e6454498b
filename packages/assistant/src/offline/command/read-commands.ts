import { limitIn, selectionOf } from '../understand/conditions.ts';
import { chosenObject, isRefused } from './chosen-object.ts';
import { durationText, named, placeArgs, pluralIn, refused, scopeArgs, type UnderstoodCommand, unknownWords, type Wording } from './wording.ts';

/** What a sentence after a verb that reads means. */
export const readCommands: Readonly<Record<string, (wording: Wording) => UnderstoodCommand>> = {
  get,
  describe,
  logs,
  events,
  top,
  wait,
  explain,
  'port-forward': portForward,
};

function read(...args: (string | readonly string[])[]): UnderstoodCommand {
  return { args: args.flat(), changes: false };
}

function get(wording: Wording): UnderstoodCommand {
  const { kind, subject, shape, circumstances, exceptNamespace } = wording;
  if (/\bhow many\b|\bcount\b|\bwhy\b|\bnumber of\b/.test(shape)) return refused('That is a question.', `qd ask "${wording.sentence}"`);
  if (exceptNamespace !== null)
    return refused(`Everything but ${exceptNamespace} can't be asked for at once.`, 'Name the namespace that you mean, or say "in all namespaces".');
  const isOnNode = subject?.matches[0]?.kind === 'Node' && kind !== null && kind !== 'Node';
  if (subject !== null && subject.matches.length > 0 && !isOnNode) {
    const chosen = chosenObject(wording, { kinds: null, exact: false });
    return isRefused(chosen) ? chosen : read('get', named(chosen.object), placeArgs(chosen.object, wording), formArgs(wording.sentence));
  }
  const unknown = unknownWords(wording);
  if (unknown !== null) return unknown;
  if (kind === null) return refused('No kind is named.', 'Name what to show: qd get "pods that restart a lot".');
  const selection = selectionOf(shape, kind, wording.since?.ms ?? null);
  if (selection.unheeded.length > 0)
    return refused(`"${selection.unheeded.join(', ')}" is not understood.`, `qd get ${pluralIn(circumstances.vocabulary, kind)}`);
  const node = isOnNode ? ['--field-selector', `spec.nodeName=${subject?.matches[0]?.name ?? ''}`] : [];
  const { labels, where } = splitFilter(selection.filter);
  return read(
    'get',
    pluralIn(circumstances.vocabulary, kind),
    scopeArgs(wording),
    labels,
    node,
    where,
    orderArgs(selection.sort),
    limitArgs(selection.limit),
    formArgs(wording.sentence),
  );
}

/** Labels are asked of the server, everything else of the rows. */
export function splitFilter(filter: string): { labels: string[]; where: string[] } {
  const labels = [...filter.matchAll(/-l (\S+)/g)].map(([, label = '']) => label);
  const rest = filter
    .replace(/-l \S+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { labels: labels.length === 0 ? [] : ['-l', labels.join(',')], where: rest === '' ? [] : ['--where', rest] };
}

function orderArgs(sort: string): string[] {
  return sort === '' ? [] : [`--order=${sort}`];
}

function limitArgs(limit: number | null): string[] {
  return limit === null ? [] : [`--limit=${limit}`];
}

/** `as yaml`, `with labels`, `wide`, `names only`, `live`. */
/** What is said of the form is looked for as it was written: a slip that was mended could be another word. */
function formArgs(sentence: string): string[] {
  const shape = sentence.toLowerCase();
  const args: string[] = [];
  const form = /\b(?:as|in) (yaml|json)\b|\b(yaml|json) of\b/.exec(shape);
  if (form !== null) args.push('-o', form[1] ?? form[2] ?? '');
  else if (/\bnames? only\b|\bonly (?:the )?names\b|\bjust (?:the )?names\b/.test(shape)) args.push('-o', 'name');
  else if (/\bwide\b|\bwith (?:their )?(?:ips?|nodes?|images?|more columns)\b|\b(?:on|and) (?:which|their) (?:@kind|nodes?)\b/.test(shape))
    args.push('-o', 'wide');
  if (/\bwith (?:their |all )?labels\b/.test(shape) && !/labels? \S+=/.test(shape)) args.push('--show-labels');
  if (/\b(?:live|watch|as they change|follow)\b/.test(shape)) args.push('-w');
  return args;
}

function describe(wording: Wording): UnderstoodCommand {
  const chosen = chosenObject(wording, { kinds: null, exact: false });
  return isRefused(chosen) ? chosen : read('describe', named(chosen.object), placeArgs(chosen.object, wording));
}

const logged = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet', 'Pod', 'Service'];

function logs(wording: Wording): UnderstoodCommand {
  const label = /(?:-l |labels? |labell?ed )([\w./-]+=[\w.-]+)/.exec(wording.sentence)?.[1];
  const how = logArgs(wording);
  if (label !== undefined && wording.subject === null) return read('logs', '-l', label, scopeArgs(wording), how);
  const chosen = chosenObject(wording, { kinds: logged, exact: false });
  if (isRefused(chosen)) return chosen;
  const target = chosen.object.kind === 'Pod' ? chosen.object.name : named(chosen.object);
  return read('logs', target, placeArgs(chosen.object, wording), how);
}

function logArgs({ shape, since, sentence }: Wording): string[] {
  const args: string[] = [];
  const lines = /\b(?:last|latest|final) (\d+)(?: log)? lines\b|\b(\d+) (?:last )?lines\b/.exec(shape);
  const words = /\b(?:about|containing|contain|contains|mentioning|mention|matching|saying|say) ["“]?([\w.:/-]+)/i.exec(sentence)?.[1];
  if (since !== null) args.push('--since', durationText(since.ms));
  if (lines !== null) args.push('--tail', lines[1] ?? lines[2] ?? '');
  if (/\b(?:errors?|failures?|exceptions?)\b/.test(shape)) args.push('--severity', 'error');
  else if (/\bwarnings?\b/.test(shape)) args.push('--severity', 'warn');
  if (words !== undefined) args.push('--include', words);
  if (/\bprevious|before (?:it |the |its )?(?:last )?(?:restart|restarted|crash|crashed)|last (?:run|crash)\b/.test(shape)) args.push('-p');
  if (/\b(?:follow|live|as they come|as it writes|stream|tail -f|keep watching)\b/i.test(sentence)) args.push('-f');
  if (/\ball containers\b|\bevery container\b|\ball @kind\b/.test(shape)) args.push('--all-containers');
  return args;
}

function events(wording: Wording): UnderstoodCommand {
  const { shape, since, subject, sentence } = wording;
  const how = [
    ...(/\bwarnings?\b|\bbad\b|\bwrong\b|\bproblems?\b|\berrors?\b/.test(shape) ? ['--types=Warning'] : []),
    ...(since === null ? [] : ['--since', durationText(since.ms)]),
    ...(/\b(?:live|follow|watch|as they (?:come|happen))\b/.test(shape) ? ['-w'] : []),
  ];
  if (subject === null || /^(?:events?|warnings?)$/i.test(sentence)) return unknownWords(wording) ?? read('events', scopeArgs(wording), how);
  const chosen = chosenObject(wording, { kinds: null, exact: false });
  return isRefused(chosen) ? chosen : read('events', '--for', named(chosen.object), placeArgs(chosen.object, wording), how);
}

function top(wording: Wording): UnderstoodCommand {
  const { kind, shape, subject } = wording;
  const unknown = unknownWords(wording);
  if (unknown !== null) return unknown;
  const what =
    kind === 'Node' || subject?.matches[0]?.kind === 'Node' ? 'nodes' : kind === 'Pod' || /\b(?:what|who|which|memory|cpu)\b/.test(shape) ? 'pods' : null;
  if (what === null) return refused('Pods and nodes are measured.', 'qd top "pods by memory"', 'qd top "nodes"');
  const by = /\bmem(?:ory)?\b|\bram\b/.test(shape) ? 'memory' : /\bcpu\b|\bcores?\b|\bbusiest\b|\bhungriest\b/.test(shape) ? 'cpu' : null;
  const limit = limitIn(wording.sentence.toLowerCase()) ?? limitIn(`top ${wording.sentence.toLowerCase()}`);
  return read(
    'top',
    what,
    what === 'pods' ? scopeArgs(wording) : [],
    by === null ? [] : ['--sort-by', by],
    limitArgs(limit),
    /\bcontainers?\b/.test(wording.sentence) ? ['--containers'] : [],
  );
}

const conditions: readonly (readonly [RegExp, string])[] = [
  [/\b(?:gone|deleted|away|removed)\b/, 'delete'],
  [/\b(?:complete|completed|done|finished|succeeded|finishes|completes)\b/, 'condition=Complete'],
  [/\b(?:exists|created|there)\b/, 'create'],
  [/\b(?:ready|up|available|running|healthy|serves|rolled out)\b/, 'ready'],
];

const serving = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod', 'Node', 'PersistentVolumeClaim'];

function wait(wording: Wording): UnderstoodCommand {
  const condition = conditions.find(([pattern]) => pattern.test(wording.shape))?.[1];
  if (condition === undefined) return refused('It is not said what to wait for.', 'qd wait "until web is ready"', 'qd wait "until pod web-1 is gone"');
  const chosen = chosenObject(wording, { kinds: condition === 'condition=Complete' ? ['Job'] : serving, exact: true });
  if (isRefused(chosen)) return chosen;
  const ready =
    chosen.object.kind === 'Deployment' ? 'condition=Available' : chosen.object.kind === 'Pod' || chosen.object.kind === 'Node' ? 'condition=Ready' : null;
  if (condition === 'ready' && ready === null)
    return refused(`A ${chosen.object.kind} has no condition for that.`, `qd rollout status ${named(chosen.object)}`);
  const limit = wording.since === null ? [] : [`--timeout=${durationText(wording.since.ms)}`];
  return read('wait', named(chosen.object), placeArgs(chosen.object, wording), `--for=${condition === 'ready' ? (ready ?? '') : condition}`, limit);
}

function explain({ kind, sentence, circumstances }: Wording): UnderstoodCommand {
  const path = /\b([a-z]+(?:\.[a-zA-Z]+)+)\b/.exec(sentence)?.[1];
  if (path !== undefined) return read('explain', path);
  if (kind === null) return refused('No kind is named.', 'qd explain "deployments"', 'qd explain deploy.spec.strategy');
  return read('explain', pluralIn(circumstances.vocabulary, kind));
}

function portForward(wording: Wording): UnderstoodCommand {
  const ports = [...wording.sentence.matchAll(/\b(\d{2,5})\b/g)].map(([, port = '']) => port);
  const chosen = chosenObject(wording, { kinds: ['Service', 'Deployment', 'StatefulSet', 'Pod'], exact: true });
  if (isRefused(chosen)) return chosen;
  const [first, second] = ports;
  if (first === undefined) return refused('No port is named.', `qd port-forward "${wording.sentence} on 8080"`);
  if (ports.length > 2) return refused('More than two ports are named.', 'Say "port 80 of web on 8080".');
  // `port 80 of web on 8080` names theirs first, `8080 to port 80 of web` ours.
  const theirsFirst = /\bport \d+ (?:of|on|from) .*\b(?:on|to|at|as)\b/i.test(wording.sentence);
  const pair = second === undefined ? first : theirsFirst ? `${second}:${first}` : `${first}:${second}`;
  return read('port-forward', named(chosen.object), pair, placeArgs(chosen.object, wording));
}
