import { adviceFor } from './advice-words.ts';
import { selectionOf } from './conditions.ts';
import { anyWorkload } from './kind-words.ts';
import type { Question, Subject } from './question.ts';
import type { Reading } from './understand.ts';

/** A form that a question may have. The first that fits and reads is taken, so the narrow ones come first. */
interface IntentForm {
  pattern: RegExp;
  /** Null: it is another question after all. */
  read(reading: Reading, match: RegExpExecArray): Question | null;
}

const thing = '(?:@obj|@it)';
const broken = String.raw`(?:fail\w*|broken|break\w*|crash\w*|down|restart\w*|unhealthy|not (?:ready|working|running|healthy|available|starting|responding|up|scheduled|bound|coming up)|stuck|pending|terminating|evicted|unavailable|slow|dead|dying|sick|red|in trouble|flapping|unready|unschedulable|degraded|waiting|error\w*|misbehaving|unreachable|killed|oom ?killed)`;

export const intents: readonly IntentForm[] = [
  {
    pattern:
      /^(?:help|abilities|what can you (?:do|answer|help|tell)\b.*|what can i (?:ask|do here).*|what do you (?:do|know)|who are you|hello|hi|hey|thanks|thank you)$/,
    read: ({ namespace }) => ({ intent: 'abilities', namespace }),
  },
  {
    pattern: new RegExp(
      `\\bright ?-?siz\\w*.*${thing}|\\b(?:optimi[sz]e|cost of|over ?-?provisioned|under ?-?provisioned)\\b.*${thing}|${thing}.*\\b(?:over|under) ?-?provisioned|^what does (?:the )?(?:@kind )?${thing}(?: @kind)? need|\\b(?:requests?|limits?|resources|memory|cpu|replicas|size|sized)\\b.*\\bshould (?:the )?(?:@kind )?${thing}|\\bhow (?:much|many|big) .*\\b(?:does (?:the )?(?:@kind )?${thing}(?: @kind)? need|should (?:the )?(?:@kind )?${thing})`,
    ),
    read: ({ namespace, subject }) => (subject === null ? null : { intent: 'size', namespace, subject }),
  },
  // What would be lost is what hangs on it.
  {
    pattern: new RegExp(
      `\\b(?:what (?:happens|would happen|breaks|would break)|impact of|safe(?:ly)? (?:to )?|can i (?:safely )?|what if)\\b.*\\b(?:delet|remov|scal|stop|kill|restart|drain)\\w*.*${thing}`,
    ),
    read: ({ namespace, subject }) => (known(subject) === null || subject === null ? null : { intent: 'neighbours', namespace, subject, side: 'usedBy' }),
  },
  {
    pattern: new RegExp(`^(?:my|our|the|all|some) (?:@ns )?@kind (?:is|are|keeps?|has|have|does|do|stopped|went) ?.*${broken}`),
    read: (reading) => (known(reading.subject) === null ? issues(reading) : null),
  },
  // What no lookup answers, however many names it has.
  {
    pattern: /^(?:write|compose|translate|summari[sz]e|draft|generate|design|rewrite|refactor|recommend|brainstorm|imagine|convert)\b/,
    read: modelFor('it asks for a text to be written'),
  },
  {
    pattern:
      /(?<!what )\bshould (?:i|we)\b|\b(?:is it (?:a good|better|worth|safe|wise)|what do you think|your opinion|best practice|differences? between|versus|pros and cons|better to|which is better|compare)\b/,
    read: modelFor('it asks for a judgement'),
  },
  {
    pattern: /\bhow (?:do|can|could|would|should|to) (?:i |we |you |one )?(?:fix|repair|resolve|solve|mend|get .* (?:working|running|healthy|back))\b/,
    read: fix,
  },
  {
    pattern:
      /^(?:please )?(?:fix|repair|resolve|solve|mend)\b|\b(?:plan|fix|remedy|solution) (?:for|of)\b|^what (?:can|should|could) (?:i|we) do (?:about|with|against)\b/,
    read: fix,
  },
  {
    pattern:
      /^how (?:do|can|could|would|should|to|does one)\b|^(?:what is|which|give|show)(?: me)?(?: the| a)? (?:kubectl )?commands? (?:to|for)\b|\bsteps to\b/,
    read: howTo,
  },
  { pattern: /\b(?:which|what) version\b|^version\b|cluster info/, read: ({ namespace }) => ({ intent: 'overview', namespace }) },
  {
    pattern: /\b(?:runbooks?|playbooks?|known (?:issues?|problems?)|happened before|seen (?:this|that|it) before|resolved (?:issues?|incidents?))\b/,
    read: ({ namespace, asked, subject }) => ({ intent: 'knowledge', namespace, text: asked, subject: known(subject) }),
  },
  { pattern: /\bhow many\b|^(?:count|number of|total)\b|\b(?:count|number) of\b/, read: count },
  { pattern: /\b(?:helm|charts?|releases?)\b/, read: helm },
  {
    pattern:
      /\bwhat (?:has |have |had |was |were |is |did )?(?:been )?(?:recently )?(?:chang\w*|edited|modified|updated|deployed|different|new)\b|\bwho (?:has |have )?(?:chang\w*|edited|modified|updated|touched|deployed|wrote|broke|scaled|restarted|deleted)\b/,
    read: changes,
  },
  {
    pattern:
      /\b(?:recent |latest |last )?(?:changes|change history|timeline|rollout history|what happened|history|happened)\b|^chang\w+\b|\bwhen (?:was|were|did) .*(?:chang|edit|modif|updat|deploy)/,
    read: changes,
  },
  { pattern: /\b(?:why|how come|root cause|cause of|reason (?:for|why|of|that)|what causes?|what caused|what is causing)\b/, read: why },
  {
    pattern: new RegExp(
      `\\b(?:what is|what was|whats|anything|something|is there anything|what seems(?: to be)?|what appears) (?:the )?(?:wrong|problem|problems|issue|issues|matter|trouble|up|happening|broken|going on|error|errors)\\b.*${thing}`,
    ),
    read: why,
  },
  { pattern: new RegExp(`^(?:diagnose|troubleshoot|debug|investigate|analy[sz]e|check|look (?:at|into)|inspect)\\b.*${thing}`), read: why },
  {
    pattern: new RegExp(`${thing}(?: @kind)?(?: @ns)? (?:is |are |was |keeps? |has |does |did |will |can |could )*(?:on |being |still )?${broken}\\b`),
    read: why,
  },
  { pattern: new RegExp(`^(?:is|are|does|do|has|did) (?:the )?(?:@kind )?${thing}(?: @kind)?(?: @ns)? ${broken}`), read: why },
  { pattern: new RegExp(`\\b(?:error|errors|problems?|issues?) (?:with|in|on|of|for|at) (?:the |my )?(?:@kind )?${thing}`), read: troubleOrLogs },
  { pattern: /\b(?:logs?|stdout|stderr|log lines?|output|prints?|printed|printing|saying|tail)\b/, read: logs },
  { pattern: /\b(?:events?|warnings?)\b/, read: events },
  {
    pattern:
      /\b(?:without|missing|no|lack\w*|do not have|does not have|have no|has no|unused|not used|nobody uses|nothing uses|privileged|as root|latest tag|over ?provisioned|under ?provisioned|wast\w*|insecure|best practices?|single replica|lint|advice|right ?siz\w*|optimi[sz]\w*|requests? and limits?)\b/,
    read: advise,
  },
  {
    pattern: /\b(?:cpu|memory|ram|mem|usage|consum\w*|resource hog|hungry|hungriest|utili[sz]ation|busiest|most resources|top (?:pods?|nodes?|@kind)|^top\b)/,
    read: top,
  },
  { pattern: /^top\b|\b(?:biggest|heaviest|busiest|hungriest|largest) @kind\b|\bhow full\b/, read: top },
  {
    pattern:
      /\b(?:depends? on|relies on|uses?|using|used by|mounts?|mounted by|reads?|calls?|talks? to|connect\w*(?: to)?|related to|belongs? to|behind|selects?|routes? to|points? to|refers? to|owns?|owned by|owner of|dependenc\w+|neighbou?rs|affected by|impacted by)\b/,
    read: neighbours,
  },
  {
    pattern: /^(?:explain|define|describe what|tell me about|what (?:is|are|does|do)|meaning of|what is meant by|what is the meaning of|definition of)\b/,
    read: explain,
  },
  {
    pattern:
      /\b(?:what is (?:wrong|broken|failing|down|the matter|going on|happening|up)|anything (?:wrong|broken|failing|down|unusual|strange)|any (?:problems?|issues?|incidents?|errors?|failures?|trouble)|everything (?:ok|okay|fine|good|alright|healthy|running|working|up)|(?:issues?|incidents?|problems?|errors|failures)\b|is (?:the|my|our|this) cluster|health|what (?:should|do) (?:i|we) (?:look|do|need|worry|fix)|how is (?:the|my|our) (?:cluster|system|app)|all (?:ok|good|well|fine))/,
    read: issues,
  },
  {
    pattern: /^(?:list|show|display|get|give|find|which|what|who|where|any|are there|is there|all|fetch|see|view|do (?:i|we) have|kubectl get)\b/,
    read: shown,
  },
  {
    pattern:
      /^(?:describe|inspect|details?|status|state|info\w*|tell me about|where|when|is|are|does|how (?:is|are|old|long|healthy|was)|health)\b|\bok(?:ay)?$|\b(?:status|state|details|yaml|manifest|health) of\b/,
    read: described,
  },
  { pattern: /\boverview|what runs|what is (?:in|running)|status\b/, read: ({ namespace }) => ({ intent: 'overview', namespace }) },
  // A bare name, or a kind and what of it is meant.
  { pattern: /^(?:the |my |all )*(?:@kind )?(?:@obj|@it)(?: @kind)?(?: @ns)?$/, read: described },
  { pattern: /@kind/, read: (reading) => (/^(?:the |my |all |any |every |only |just )*(?:\S+ ){0,3}@kind/.test(reading.shape) ? list(reading) : null) },
];

function known(subject: Subject | null): Subject | null {
  return subject !== null && subject.matches.length > 0 ? subject : null;
}

function modelFor(because: string): IntentForm['read'] {
  return ({ namespace }) => ({ intent: 'needsModel', namespace, because });
}

function why(reading: Reading): Question | null {
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

function fix({ subject, namespace, focus }: Reading): Question {
  const about = focus.object === null ? null : { text: focus.object.name, matches: [focus.object], near: [] };
  return { intent: 'fix', namespace, subject: subject ?? about };
}

function howTo({ shape, subject, namespace, kind }: Reading): Question {
  const task = shape
    .replace(/^.*?\b(?:how (?:do|can|could|would|should|to|does one)|commands? (?:to|for)|steps to)\b/, '')
    .replace(/^ ?(?:i|we|you|one)\b/, '')
    .replace(/@kind/g, kind?.toLowerCase() ?? 'object')
    .replace(/@(?:obj|it)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return { intent: 'howTo', namespace, task, subject: known(subject) };
}

function count(reading: Reading): Question | null {
  const { kind, namespace, shape, subject, since } = reading;
  if (kind === null && /\brestarts?\b|\bcrash/.test(shape) && known(subject) !== null && subject !== null)
    return { intent: 'describe', namespace, subject, whole: false };
  if (/\b(?:issues?|incidents?|problems?)\b/.test(shape)) return issues(reading);
  if (known(subject) !== null && subject !== null && (kind === null || /\breplicas?\b/.test(shape)))
    return { intent: 'describe', namespace, subject, whole: false };
  if (kind === null && /\breplicas?\b/.test(shape)) return { intent: 'count', namespace, kind: 'Pod', selection: selectionOf(shape, 'Pod', since?.ms ?? null) };
  return kind === null ? null : { intent: 'count', namespace, kind, selection: selectionOf(shape, kind, since?.ms ?? null) };
}

function helm({ shape, subject, namespace, text }: Reading): Question | null {
  if (/^(?:explain|define|what (?:is|are) (?:a |an )?(?:helm|chart|release)|what does)\b/.test(shape)) return null;
  if (!/\bhelm\b|\bcharts?\b|\breleases\b/.test(shape) && !/\breleases?\b/.test(text)) return null;
  return { intent: 'helm', namespace, release: subject?.text ?? null };
}

function changes(reading: Reading): Question | null {
  const { subject, namespace, since, shape } = reading;
  if (/\bwhat is new\b/.test(shape) && subject !== null && known(subject) === null) return null;
  if (/^(?:explain|what is) /.test(shape) && subject === null && !/chang|happen|history|timeline|different|new/.test(shape)) return null;
  return { intent: 'changes', namespace, subject, since };
}

function troubleOrLogs(reading: Reading): Question | null {
  return /\blogs?\b/.test(reading.shape) ? logs(reading) : why(reading);
}

function logs({ subject, namespace, since, shape, text }: Reading): Question | null {
  if (subject === null) return null;
  const lines = /\b(?:last|tail|first) (\d+)(?: (?:log )?lines?)?\b|\b(\d+) (?:log )?lines\b/.exec(shape);
  const quoted = /(?:containing|with|matching|for|mention\w*|about|grep) ["'`]([^"'`]+)["'`]/.exec(text)?.[1];
  const search = quoted ?? (/\berrors?\b|\bexceptions?\b|\bfailures?\b/.test(shape) ? 'error' : null);
  const previous = /\b(?:previous|before (?:the |it )?(?:crash\w*|restart\w*)|crashed|last run|earlier container|before it died)\b/.test(shape);
  return { intent: 'logs', namespace, subject, previous, since, lines: Number(lines?.[1] ?? lines?.[2] ?? 50), search };
}

function events({ subject, namespace, since, shape }: Reading): Question {
  return { intent: 'events', namespace, subject, since, warningsOnly: /\bwarnings?\b|\berrors?\b/.test(shape) };
}

function advise(reading: Reading): Question | null {
  const { shape, text, namespace, subject } = reading;
  const check = adviceFor(`${text} ${shape}`);
  if (check === undefined) return null;
  return { intent: 'advise', namespace, check, subject: known(subject) };
}

function top({ kind, shape, subject, namespace, limit }: Reading): Question | null {
  if (/^(?:what is|what are|explain|define) (?:a |an |the )?(?:cpu|memory)(?: (?:request|limit)s?)?$/.test(shape)) return null;
  const of = kind === 'Node' || (kind === null && /\bnodes?\b|\bcluster\b/.test(shape)) ? 'nodes' : 'pods';
  const by = /\bcpu|busiest|processor|cores?\b/.test(shape) && !/\bmem/.test(shape) ? 'cpu' : 'memory';
  const isOne = /\b(?:most|biggest|highest|largest)\b/.test(shape) && /\b(?:which|what)\b/.test(shape);
  return { intent: 'top', namespace, of, by, limit: limit ?? (isOne ? 5 : 10), subject: known(subject) };
}

function neighbours({ subject, namespace, shape, kind }: Reading): Question | null {
  if (subject === null) return null;
  if (/\bimages?\b/.test(shape) && kind !== null) {
    return {
      intent: 'list',
      namespace,
      kind: anyWorkload,
      selection: { filter: subject.text, sort: '', limit: null, words: [`with the image ${subject.text}`] },
    };
  }
  if (known(subject) === null && kind !== null) return null;
  const usedBy = new RegExp(
    `\\b(?:who|what|which(?: @kind)?|anything|anybody|everything)(?: else)? (?:(?:is|are) )?(?:depends?|relies|uses?|using|mounts?|mounting|reads?|calls?|calling|talks?|routes?|points?|refers?|selects?|connect\\w*|affected)\\b.*${thing}|used by|mounted by|affected by|impacted by|dependents`,
  ).test(shape);
  const uses = new RegExp(`\\b(?:does|do|is) (?:the )?(?:@kind )?${thing}|dependencies|behind`).test(shape);
  return { intent: 'neighbours', namespace, subject, side: usedBy ? 'usedBy' : uses ? 'uses' : 'both' };
}

function explain(reading: Reading): Question | null {
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

function issues(reading: Reading): Question {
  const { namespace, shape } = reading;
  const severity = (['critical', 'high', 'medium', 'low'] as const).find((word) => new RegExp(`\\b${word}\\b`).test(shape)) ?? null;
  return { intent: 'issues', namespace, severity };
}

function shown(reading: Reading): Question | null {
  if (known(reading.subject) !== null && (reading.kind === null || /\b(?:details?|status|yaml|manifest|state)\b/.test(reading.shape)))
    return described(reading);
  if (reading.kind === null) return reading.subject === null ? null : described(reading);
  return list(reading);
}

function described(reading: Reading): Question | null {
  const { subject, namespace, kind } = reading;
  const whole = /\b(?:yaml|manifest|json)\b/.test(reading.shape);
  if (known(subject) !== null && subject !== null) return { intent: 'describe', namespace, subject, whole };
  if (kind !== null) return list(reading);
  return subject === null ? null : { intent: 'describe', namespace, subject, whole };
}

function list(reading: Reading): Question | null {
  const { kind, namespace, shape, since, subject } = reading;
  if (kind === null) return null;
  const selection = selectionOf(shape, kind, since?.ms ?? null);
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
  if (kind === anyWorkload) return { intent: 'describe', namespace, subject: named, whole: false };
  const prefix = {
    ...selection,
    filter: `${selection.filter} name:${object?.name ?? named.text}`.trim(),
    words: [...selection.words, `of ${object?.name ?? named.text}`],
  };
  return { intent: 'list', namespace: object?.namespace ?? namespace, kind, selection: prefix };
}
