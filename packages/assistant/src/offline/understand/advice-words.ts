/** What people call the checks of the lint layer; null is all of them. */
const words: readonly (readonly [RegExp, string | null])[] = [
  [/(?:no|without|missing|lack\w*|not have)(?: a| any)? (?:memory|mem|ram) limits?|memory limits? missing/, 'memory-limit-missing'],
  [
    /(?:no|without|missing|lack\w*|not have)(?: a| any)? (?:resource )?(?:requests?|limits?|resources)(?: (?:and|or) (?:requests?|limits?))?|requests? (?:and|or) limits?/,
    'resources-none',
  ],
  [/(?:no|without|missing|lack\w*|not have)(?: a| any)? (?:readiness|health)(?: probes?| checks?)?/, 'readiness-probe-missing'],
  [/(?:no|without|missing|lack\w*|not have)(?: a| any)? (?:liveness )?probes?/, 'policy-probes-required'],
  [/(?:no|without|missing|lack\w*)(?: a| any)? network polic/, 'policy-network-policy'],
  [/(?:no|without|missing|lack\w*)(?: a| any)? (?:disruption budget|pdb)/, 'policy-disruption-budget'],
  [/(?:no|without|missing|lack\w*)(?: an?| any)? (?:image )?(?:tag|version)\b|untagged/, 'image-untagged'],
  [/(?:no|without|missing|lack\w*)(?: an?| any)? (?:controller|owner)|naked pods?/, 'naked-pod'],
  [/\blatest\b.*\b(?:tag|image)|\bimages?\b.*\blatest\b/, 'image-latest'],
  [/as root|root user/, 'runs-as-root'],
  [/privileged/, 'privileged-container'],
  [
    /(?:unused|not used|nobody uses|nothing uses)\b.*\b(?:config ?maps?|cms?)\b|config ?maps?\b.*\b(?:unused|not used|nobody uses|nothing uses)/,
    'config-map-unused',
  ],
  [/(?:unused|not used|nobody uses|nothing uses)\b.*\bsecrets?\b|secrets?\b.*\b(?:unused|not used|nobody uses|nothing uses)/, 'secret-unused'],
  [
    /(?:unused|not used|nobody uses|nothing uses)\b.*\b(?:pvcs?|claims?|volumes?)\b|(?:pvcs?|claims?|volumes?)\b.*\b(?:unused|not used|nobody uses|nothing uses)/,
    'claim-unused',
  ],
  [/(?:unused|not used|nobody uses|nothing uses)\b.*\bservice ?accounts?/, 'service-account-unused'],
  [/single replica|one replica|only one replica/, 'single-replica'],
  [/over ?provisioned|under ?provisioned|wast(?:e|es|ed|ing)|right ?siz\w*|best practices?|\blint\b|\badvice\b|optimi[sz]\w*|insecure/, null],
];

/** The check that answers a question, null for all of them, undefined where it asks for none. */
export function adviceFor(text: string): string | null | undefined {
  return words.find(([pattern]) => pattern.test(text))?.[1];
}
