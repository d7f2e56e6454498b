/** Why the API server refused a pod, read from the message that controllers put into their conditions and events. */
export type Refusal =
  | { kind: 'quota-exceeded'; quota: string; requested: Amounts; used: Amounts; limited: Amounts }
  | { kind: 'quota-requires'; quota: string; missing: string[] }
  | { kind: 'service-account'; namespace: string; name: string }
  | { kind: 'webhook-call'; webhook: string; detail: string }
  | { kind: 'webhook-denied'; webhook: string; detail: string }
  | { kind: 'policy-denied'; policy: string; detail: string }
  | { kind: 'pod-security'; profile: string; violations: string }
  | { kind: 'limit-range'; detail: string; resource: string; bound: string; asked: string | null }
  | { kind: 'invalid'; field: string; value: string; detail: string }
  | { kind: 'quota-scope'; scopes: string }
  | { kind: 'security-context-constraint'; detail: string }
  | { kind: 'priority-class'; name: string }
  | { kind: 'runtime-class'; name: string };

/** Quantities by resource name, as the message writes them. */
export type Amounts = Readonly<Record<string, string>>;

function amounts(text: string | undefined): Amounts {
  const entries = (text ?? '').split(',').flatMap((part) => {
    const [resource, quantity] = part.trim().split('=');
    return resource === undefined || quantity === undefined ? [] : [[resource, quantity] as const];
  });
  return Object.fromEntries(entries);
}

type Reader = [pattern: RegExp, read: (groups: Record<string, string | undefined>) => Refusal];

/** The texts of kube-apiserver's admission plugins and of its webhook dispatcher. */
const readers: readonly Reader[] = [
  [
    /exceeded quota: (?<quota>[^,\s]+), requested: (?<requested>.+?), used: (?<used>.+?), limited: (?<limited>[^;\n]+)/,
    ({ quota = '', requested, used, limited }) => ({
      kind: 'quota-exceeded',
      quota,
      requested: amounts(requested),
      used: amounts(used),
      limited: amounts(limited),
    }),
  ],
  [
    /failed quota: (?<quota>[^:\s]+): must specify (?<missing>.+)$/,
    ({ quota = '', missing = '' }) => ({ kind: 'quota-requires', quota, missing: missing.split(/[;,]/).map((part) => part.replace(/ for: .*$/, '').trim()) }),
  ],
  [
    /error looking up service account (?<namespace>[^/\s]+)\/(?<name>[^:\s]+)/,
    ({ namespace = '', name = '' }) => ({ kind: 'service-account', namespace, name }),
  ],
  [/failed calling webhook "(?<webhook>[^"]+)": (?<detail>.+)$/, ({ webhook = '', detail = '' }) => ({ kind: 'webhook-call', webhook, detail })],
  [
    /admission webhook "(?<webhook>[^"]+)" denied the request(?:: (?<detail>.+))?$/,
    ({ webhook = '', detail = '' }) => ({ kind: 'webhook-denied', webhook, detail }),
  ],
  [
    /ValidatingAdmissionPolicy '(?<policy>[^']+)'(?: with binding '[^']+')? denied request: (?<detail>.+)$/,
    ({ policy = '', detail = '' }) => ({ kind: 'policy-denied', policy, detail }),
  ],
  [/violates PodSecurity "(?<profile>[^"]+)": (?<violations>.+)$/, ({ profile = '', violations = '' }) => ({ kind: 'pod-security', profile, violations })],
  [
    /(?<detail>(?:maximum|minimum) (?<resource>\S+) usage per \w+ is (?<bound>[^,\s]+), but (?:(?:request|limit) is (?<asked>[^,\s\]]+)|no (?:request|limit) is specified))/,
    ({ detail = '', resource = '', bound = '', asked }) => ({ kind: 'limit-range', detail, resource, bound, asked: asked?.replace(/\.$/, '') ?? null }),
  ],
  [
    /(?<detail>(?<resource>\S+) max limit to request ratio per \w+ is (?<bound>[^,\s]+), but (?:provided ratio is (?<asked>[\d.]+)|no (?:request|limit) is specified[^,]*))/,
    ({ detail = '', resource = '', bound = '', asked }) => ({ kind: 'limit-range', detail, resource, bound, asked: asked ?? null }),
  ],
  [
    / is invalid: \[?(?<field>[\w.[\]/-]+): (?:Invalid value|Forbidden|Required value|Unsupported value|Not found|Duplicate value)(?:: (?<value>"[^"]*"|[^:\s]+))?: (?<detail>[^\n]+)/,
    ({ field = '', value = '', detail = '' }) => ({ kind: 'invalid', field, value: value.replaceAll('"', ''), detail: detail.replace(/[\].\s]+$/, '') }),
  ],
  [/insufficient quota to match these scopes: (?<scopes>.+)$/, ({ scopes = '' }) => ({ kind: 'quota-scope', scopes })],
  [
    /unable to validate against any security context constraint: (?<detail>.+)$/,
    ({ detail = '' }) => ({ kind: 'security-context-constraint', detail: detail.replace(/^\[|\]$/g, '') }),
  ],
  [/RuntimeClass "(?<name>[^"]+)" not found/, ({ name = '' }) => ({ kind: 'runtime-class', name })],
  [/no PriorityClass with name (?<name>\S+) was found/, ({ name = '' }) => ({ kind: 'priority-class', name })],
];

/** Null where the message is none of those known. */
export function parseRefusal(message: string): Refusal | null {
  for (const [pattern, read] of readers) {
    const match = pattern.exec(message);
    if (match !== null) return read(match.groups ?? {});
  }
  return null;
}
