import { adviceFor } from './advice-words.ts';
import { selectionOf } from './conditions.ts';
import { anyWorkload } from './kind-words.ts';
import type { Question, Selection, Subject } from './question.ts';
import type { Reading } from './understand.ts';

/** In a shape: what is named, or what is looked at. */
export const thing = '(?:@obj|@it)';

/** Null where nothing has the name that was written. */
export function known(subject: Subject | null): Subject | null {
  return subject !== null && subject.matches.length > 0 ? subject : null;
}

export function modelFor(because: string): (reading: Reading) => Question {
  return ({ namespace }) => ({ intent: 'needsModel', namespace, because });
}

export function why(reading: Reading): Question | null {
  const { subject, namespace, kind, shape, unknown } = reading;
  if (known(subject) !== null && subject !== null) return { intent: 'why', namespace, subject };
  // A reason of the cluster's own is explained, and a kind in trouble is listed: `why are pods pending`.
  if (kind !== null && (subject === null || isReason(subject.text))) return issues(reading);
  if (subject !== null && isReason(subject.text)) return { intent: 'explain', namespace, topic: subject.text };
  if (subject !== null) return { intent: 'why', namespace, subject };
  if (/\b(?:oom ?killed|crash ?loop\w*|out of memory)\b/.test(shape) && unknown.length === 0)
    return { intent: 'explain', namespace, topic: /crash/.test(shape) ? 'CrashLoopBackOff' : 'OOMKilled' };
  return issues(reading);
}

/** How Kubernetes writes reasons: `ImagePullBackOff`, `ErrImagePull`, `OOMKilled`. */
function isReason(text: string): boolean {
  return /^[A-Z][a-z]+[A-Z]|^OOM/.test(text) || /^(?:err|image|create|crash)\w*(?:backoff|error|pull)$/.test(text);
}

export function fix({ subject, namespace, focus }: Reading): Question {
  const about = focus.object === null ? null : { text: focus.object.name, matches: [focus.object], near: [] };
  return { intent: 'fix', namespace, subject: subject ?? about };
}

/** `roll it back`, `delete the claim`: told to do what only a person does, by a command. */
export function ordered(reading: Reading): Question | null {
  const question = howTo(reading);
  if (question.intent !== 'howTo') return null;
  const isMeant = reading.kind === null || question.subject === null || question.subject.matches[0]?.kind === reading.kind;
  return { ...question, ordered: true, subject: isMeant ? question.subject : null };
}

export function howTo({ shape, subject, namespace, kind }: Reading): Question {
  const task = shape
    .replace(/^.*?\b(?:how (?:do|can|could|would|should|to|does one)|commands? (?:to|for)|steps to)\b/, '')
    .replace(/^ ?(?:i|we|you|one)\b/, '')
    .replace(/@kind/g, kind?.toLowerCase() ?? 'object')
    .replace(/(?:\bthe )?@(?:obj|it)/g, '')
    .replace(/\broll (?:\S+ )?back\b/, 'roll back')
    .replace(/\s+/g, ' ')
    .trim();
  return { intent: 'howTo', namespace, task, subject: known(subject), ordered: false };
}

export function count(reading: Reading): Question | null {
  const { kind, namespace, shape, subject } = reading;
  if ((kind === null || kind === anyWorkload) && /\brestart(?:s|ed)?\b|\bcrash/.test(shape)) return list({ ...reading, kind: 'Pod', shape: 'most restarts' });
  if (/\b(?:issues?|incidents?|problems?)\b/.test(shape)) return issues(reading);
  if (known(subject) !== null && subject !== null && (kind === null || /\breplicas?\b/.test(shape)))
    return { intent: 'describe', namespace, subject, whole: false };
  if (kind === null && /\breplicas?\b/.test(shape)) return list({ ...reading, kind: anyWorkload, shape: '' });
  return kind === null ? null : { intent: 'count', namespace, kind, selection: selectedIn(reading, kind) };
}

export function helm({ shape, subject, namespace, text }: Reading): Question | null {
  if (/^(?:explain|define|what (?:is|are) (?:a |an )?(?:helm|chart|release)|what does)\b/.test(shape)) return null;
  if (!/\bhelm\b|\bcharts?\b|\breleases\b/.test(shape) && !/\breleases?\b/.test(text)) return null;
  return { intent: 'helm', namespace, release: subject?.text ?? null };
}

export function changes(reading: Reading): Question | null {
  const { subject, namespace, since, shape } = reading;
  if (/\bwhat is new\b/.test(shape) && subject !== null && known(subject) === null) return null;
  if (/^(?:explain|what is) /.test(shape) && subject === null && !/chang|happen|history|timeline|different|new/.test(shape)) return null;
  return { intent: 'changes', namespace, subject, since, compared: /\b(?:compare|diff|before)\b/.test(shape) };
}

export function troubleOrLogs(reading: Reading): Question | null {
  return /\blogs?\b/.test(reading.shape) ? logs(reading) : why(reading);
}

export function logs({ subject, namespace, since, shape, text }: Reading): Question | null {
  if (subject === null) return null;
  const lines = /\b(?:last|tail|first) (\d+)(?: (?:log )?lines?)?\b|\b(\d+) (?:log )?lines\b/.exec(shape);
  const quoted = /(?:containing|with|matching|for|mention\w*|about|grep) ["'`]([^"'`]+)["'`]/.exec(text)?.[1];
  const search = quoted ?? (/\berrors?\b|\bexceptions?\b|\bfailures?\b/.test(shape) ? 'error' : null);
  const previous = /\b(?:previous|before (?:the |it )?(?:crash\w*|restart\w*)|crashed|last run|earlier container|before it died)\b/.test(shape);
  return { intent: 'logs', namespace, subject, previous, since, lines: Number(lines?.[1] ?? lines?.[2] ?? 50), search };
}

export function events({ subject, namespace, since, shape }: Reading): Question {
  return { intent: 'events', namespace, subject, since, warningsOnly: /\bwarnings?\b|\berrors?\b/.test(shape) };
}

export function advise(reading: Reading): Question | null {
  const { shape, text, namespace, subject } = reading;
  const check = adviceFor(`${text} ${shape}`);
  if (check === undefined) return null;
  return { intent: 'advise', namespace, check, subject: known(subject) };
}

export function top({ kind, shape, subject, namespace, limit }: Reading): Question | null {
  if (/^(?:what is|what are|explain|define) (?:a |an |the )?(?:cpu|memory)(?: (?:request|limit)s?)?$/.test(shape)) return null;
  const of = kind === 'Node' || (kind === null && /\bnodes?\b|\bcluster\b/.test(shape)) ? 'nodes' : 'pods';
  const by = /\bcpu|busiest|processor|cores?\b/.test(shape) && !/\bmem/.test(shape) ? 'cpu' : 'memory';
  const isOne = /\b(?:most|biggest|highest|largest)\b/.test(shape) && /\b(?:which|what)\b/.test(shape);
  return { intent: 'top', namespace, of, by, limit: limit ?? (isOne ? 5 : 10), subject: known(subject) };
}

export function neighbours({ subject, namespace, shape, kind }: Reading): Question | null {
  if (subject === null) return null;
  if (/\bimages?\b/.test(shape) && kind !== null) {
    return {
      intent: 'list',
      namespace,
      kind: anyWorkload,
      selection: { filter: subject.text, sort: '', limit: null, words: [`with the image ${subject.text}`], unheeded: [] },
    };
  }
  if (known(subject) === null && kind !== null) return null;
  const usedBy = new RegExp(
    `\\b(?:who|what|which(?: @kind)?|anything|anybody|everything)(?: else)? (?:(?:is|are) )?(?:depends?|relies|uses?|using|mounts?|mounting|reads?|calls?|calling|talks?|routes?|points?|refers?|selects?|connect\\w*|affected)\\b.*${thing}|used by|mounted by|affected by|impacted by|dependents`,
  ).test(shape);
  const uses = new RegExp(`\\b(?:does|do|is) (?:the )?(?:@kind )?${thing}|dependencies|behind`).test(shape);
  return { intent: 'neighbours', namespace, subject, side: usedBy ? 'usedBy' : uses ? 'uses' : 'both' };
}

export function explain(reading: Reading): Question | null {
  const { shape, asked, subject, namespace, kind, unknown } = reading;
  if (/^(?:what is|what are) (?:wrong|broken|failing|down|the matter|going on|happening|up|running|the status|the state|the version|in\b)/.test(shape))
    return null;
  if (/^(?:what|which) (?:are|is) (?:the |my |our |all )*@kind(?: \w+)* (?:@ns|running|pending|that)/.test(shape)) return null;
  if (/^what are (?:the|my|our) @kind\b/.test(shape) && !/\bfor$/.test(shape)) return null;
  const found = known(subject);
  if (found !== null && !isReason(found.text) && !/^(?:explain|define|meaning)|\bmeans?\b/.test(shape))
    return { intent: 'describe', namespace, subject: found, whole: false };
  if (found !== null && kind === null && /^explain\b/.test(shape)) return { intent: 'describe', namespace, subject: found, whole: false };
  const topic = topicIn(asked);
  return topic === '' || (kind === null && unknown.length === 0 && topic.split(' ').length > 6) ? null : { intent: 'explain', namespace, topic };
}

function topicIn(asked: string): string {
  return asked
    .replace(/[?!.\s]+$/, '')
    .replace(/^(?:please |hey |so |can you |could you )*/i, '')
    .replace(
      /^(?:explain|define|describe what|tell me about|what['’]?s|what (?:is|are|does|do)(?: it mean when| the meaning of| meant by)?|meaning of|definition of)(?: to me| me)? /i,
      '',
    )
    .replace(/^(?:the meaning of|meant by|the definition of|what|the|a|an) /i, '')
    .replace(/^(?:the|a|an|status|reason|error|term|field|kind) (?=\S)/i, '')
    .replace(/ (?:means?|is for|for|is|are|do|does|stand for|in kubernetes|in k8s|used for)(?: exactly| again)?$/i, '')
    .replace(/^["'`]|["'`]$/g, '')
    .trim();
}

/** `are the nodes ok` asks for those that are not. */
function isWellAsked(shape: string): boolean {
  return /^(?:is|are)\b.*\b(?:ok|okay|fine|healthy|alright|good|well|up|working|running|ready)$/.test(shape);
}

export function issues(reading: Reading): Question {
  const { namespace, shape, kind } = reading;
  const severity = (['critical', 'high', 'medium', 'low'] as const).find((word) => new RegExp(`\\b${word}\\b`).test(shape)) ?? null;
  return {
    intent: 'issues',
    namespace,
    severity,
    of: kind === null ? null : { kind, selection: selectionOf(isWellAsked(shape) ? 'not healthy' : shape, kind, null) },
  };
}

export function shown(reading: Reading): Question | null {
  if (known(reading.subject) !== null && (reading.kind === null || /\b(?:details?|status|yaml|manifest|state)\b/.test(reading.shape)))
    return described(reading);
  if (reading.kind === null) return reading.subject === null ? null : described(reading);
  return list(reading);
}

export function described(reading: Reading): Question | null {
  const { subject, namespace, kind } = reading;
  const whole = /\b(?:yaml|manifest|json)\b/.test(reading.shape);
  if (known(subject) !== null && subject !== null) return { intent: 'describe', namespace, subject, whole };
  if (kind !== null) return isWellAsked(reading.shape) ? issues(reading) : list(reading);
  return subject === null ? null : { intent: 'describe', namespace, subject, whole };
}

function selectedIn({ shape, since, exceptNamespace }: Reading, kind: string): Selection {
  const selection = selectionOf(shape, kind, since?.ms ?? null);
  if (exceptNamespace === null) return selection;
  return { ...selection, filter: `${selection.filter} !ns:${exceptNamespace}`.trim(), words: [...selection.words, `not in ${exceptNamespace}`] };
}

export function list(reading: Reading): Question | null {
  const { kind, namespace, subject } = reading;
  if (kind === null) return null;
  const selection = selectedIn(reading, kind);
  const named = known(subject);
  if (named === null) return { intent: 'list', namespace, kind, selection };
  // `pods of web`, `pods on node-1`.
  const [object] = named.matches;
  if (object?.kind === 'Node' && kind === 'Pod') {
    return {
      intent: 'list',
      namespace: null,
      kind,
      selection: { ...selection, filter: `${selection.filter} node:${object.name}`.trim(), words: [...selection.words, `on ${object.name}`] },
    };
  }
  if (object?.kind === 'Namespace') return { intent: 'list', namespace: object.name, kind, selection };
  if (kind === anyWorkload || object?.kind === kind) return { intent: 'describe', namespace, subject: named, whole: false };
  const prefix = {
    ...selection,
    filter: `${selection.filter} name:${object?.name ?? named.text}`.trim(),
    words: [...selection.words, `of ${object?.name ?? named.text}`],
  };
  return { intent: 'list', namespace: object?.namespace ?? namespace, kind, selection: prefix };
}

/** When it began: of an object, or of what is broken. */
export function onset({ subject, namespace, shape }: Reading): Question {
  return { intent: 'onset', namespace, subject: /^what (?:broke|failed|crashed|went wrong)\b/.test(shape) ? null : subject };
}

/** The kind with all its objects: what is missing cannot be selected by its state. */
export function issuesOfAll({ kind, namespace }: Reading): Question {
  return { intent: 'issues', namespace, severity: null, of: kind === null ? null : { kind, selection: selectionOf('', kind, null) } };
}

export function images({ subject, namespace, unknown, shape }: Reading): Question | null {
  if (/\b(?:before|previous\w*|earlier)\b/.test(shape)) return null;
  return subject !== null && known(subject) === null && unknown.length > 0 ? null : { intent: 'images', namespace, subject: known(subject) };
}

export function certificates({ subject, namespace }: Reading): Question {
  return { intent: 'certificates', namespace, subject: known(subject) };
}

/** The platform's own parts, where nothing of the cluster has their name. */
export function controlPlane({ text, namespace }: Reading): Question | null {
  const isMeant = /\b(?:kube[- ]?)?api[- ]?server\b|\bcontrol[- ]plane\b/.test(text);
  return isMeant && !/^(?:explain|define|what (?:is|are) (?:a|an|the)\b(?!.*\b(?:state|status|health)\b)|how (?:do|to|can))/.test(text)
    ? { intent: 'controlPlane', namespace }
    : null;
}
