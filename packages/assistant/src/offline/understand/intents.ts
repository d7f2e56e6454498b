import type { Question } from './question.ts';
import {
  advise,
  certificates,
  changes,
  controlPlane,
  count,
  described,
  events,
  explain,
  fix,
  helm,
  howTo,
  images,
  issues,
  issuesOfAll,
  known,
  list,
  logs,
  modelFor,
  neighbours,
  onset,
  ordered,
  shown,
  thing,
  top,
  troubleOrLogs,
  why,
} from './readings.ts';
import type { Reading } from './understand.ts';

/** A form that a question may have. The first that fits and reads is taken, so the narrow ones come first. */
interface IntentForm {
  pattern: RegExp;
  /** Null: it is another question after all. */
  read(reading: Reading, match: RegExpExecArray): Question | null;
}

const broken = String.raw`(?:fail\w*|broken|break\w*|crash\w*|down|restart\w*|unhealthy|not (?:ready|working|running|healthy|available|starting|responding|up|scheduled|bound|coming up)|stuck|pending|terminating|evicted|unavailable|slow|dead|dying|sick|red|in trouble|flapping|unready|unschedulable|degraded|waiting|error\w*|misbehaving|unreachable|killed|oom ?killed)`;

export const intents: readonly IntentForm[] = [
  {
    pattern:
      /^(?:help|abilities|what can you (?:do|answer|help|tell)\b.*|what can i (?:ask|do here).*|what do you (?:do|know)|who are you|hello|hi|hey|thanks|thank you)$/,
    read: ({ namespace }) => ({ intent: 'abilities', namespace }),
  },
  { pattern: /./, read: controlPlane },
  {
    pattern:
      /\b(?:worst|biggest|main|most (?:urgent|important|critical|severe)) (?:problem|issue|incident|fault)s?\b|^(?:which|what) (?:image|probe|port|selector|label|key|variable|setting|value|field)s? (?:is|are|was) (?:wrong|bad|missing|broken)$|^(?:which|what) @kind (?:is|are) (?:wrong|bad|broken)$|^is (?:the|a|any) rollout\b/,
    read: issues,
  },
  { pattern: /^(?:which|what|any|show|list|are|is)\b.*@kind (?:has|have|with|without) (?:no )?(?:ready |healthy )?@kind$/, read: issuesOfAll },
  { pattern: /^(?:which|what|is|are)\b.*@kind.*\b(?:missing|gone|lost|not exist)$/, read: issuesOfAll },
  {
    pattern: /\b(?:last|latest) (?:rollout|deployment|deploy|release)$|^which revision\b|^(?:what|which) images?\b.*\b(?:before|previous\w*|earlier)\b/,
    read: changes,
  },
  {
    pattern: new RegExp(`^(?:what|which|show|how (?:much|high|big))\\b.*\\b(?:memory|cpu|resource)s? (?:limits?|requests?)\\b.*${thing}`),
    read: ({ namespace, subject }) => (subject === null ? null : { intent: 'size', namespace, subject }),
  },
  {
    pattern:
      /^(?:when|since when|how long)\b.*\b(?:start\w*|began|begin|br[eo]k\w*|fail\w*|crash\w*|down|unhealthy|degraded|stuck|pending|waiting|not (?:ready|working|running|healthy)|went wrong|outage)\b|\bwhen did (?:it|this|@it)\b.*\b(?:start|begin|break|fail|happen)\w*|^what (?:broke|failed|went wrong|crashed)(?: first\b|.*\bwhen\b)|^what (?:broke|failed|crashed)(?: first)?$/,
    read: onset,
  },
  {
    pattern:
      /^(?:roll (?:\S+ ){0,4}back|rollback|delete|remove|kill|restart|bounce|drain|cordon|uncordon|evict|undo|revert|scale|terminate)\b(?!.*\b(?:impact|happens)\b)/,
    read: ordered,
  },
  {
    pattern:
      /\b(?:certificates?|certs?|tls|ssl)\b.*\b(?:expir\w*|valid\w*|run out|runs out|renewed|old)\b|\b(?:expir\w*|validity)\b.*\b(?:certificates?|certs?|tls|ssl|@kind)\b|^(?:when|is|are|how long|until when).*(?:@kind|@obj|@it).*\b(?:expir\w*|run out|valid)\b/,
    read: certificates,
  },
  {
    pattern:
      /^(?:which|what|show|list)\b(?! pods?\b).*\bimages?\b(?!.*\b(?:latest|tag|untagged|pull\w*)\b).*(?:@obj|@it|\brun\w*|\bused?\b|@ns|@kind)|^(?:list|show)(?: me)?(?: all)?(?: the)? images$|^images?(?: of (?:the )?(?:@kind )?(?:@obj|@it))?$/,
    read: images,
  },
  {
    pattern: /^(?:what is|what are|which is|which are|who is) (?:the )?(?:\S+ )?(?:oldest|newest|latest|youngest)\b.*@kind/,
    read: (reading) => list(reading),
  },
  {
    pattern: /\b(?:compare|diff\w*)\b.*(?:@obj|@it).*\b(?:before|after|previous|earlier|old|last)\b|\b(?:before and after|diff of)\b/,
    read: changes,
  },
  {
    pattern: new RegExp(
      `\\bright ?-?siz\\w*.*${thing}|\\b(?:optimi[sz]e|cost of|over ?-?provisioned|under ?-?provisioned)\\b.*${thing}|${thing}.*\\b(?:over|under) ?-?provisioned|^what does (?:the )?(?:@kind )?${thing}(?: @kind)? need|\\b(?:requests?|limits?|resources|memory|cpu|replicas|size|sized)\\b.*\\bshould (?:(?:i|we) (?:give|set|allow|request|assign|use)(?: (?:to|for|on))? )?(?:the )?(?:@kind )?${thing}|\\bhow (?:much|many|big) .*\\b(?:does (?:the )?(?:@kind )?${thing}(?: @kind)? need|should (?:the )?(?:@kind )?${thing})`,
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
      /\bwhat (?:has |have |had |was |were |is |did )?(?:been )?(?:recently )?(?:chang\w*|edited|modified|updated|deployed|different|new)\b|\bwho (?:has |have )?(?:chang\w*|created|edited|modified|updated|touched|deployed|wrote|broke|scaled|restarted|deleted)\b/,
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
