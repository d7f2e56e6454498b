export const pullClasses = ['not-found', 'denied', 'network', 'rate-limit', 'platform', 'tls', 'disk', 'invalid-name', 'never-pull', 'unknown'] as const;
export type PullClass = (typeof pullClasses)[number];

const byReason: Record<string, PullClass> = { InvalidImageName: 'invalid-name', ErrImageNeverPull: 'never-pull', RegistryUnavailable: 'network' };

/** The fix differs by class; most exact first, since one message often holds several of these words. */
const byMessage: readonly [PullClass, RegExp][] = [
  ['rate-limit', /toomanyrequests|too many requests|rate limit/i],
  ['platform', /no match(?:ing manifest)? for (?:platform|linux|windows)|does not match the specified platform|exec format error/i],
  ['disk', /no space left on device/i],
  ['tls', /x509:|certificate|tls: |server gave HTTP response to HTTPS client/i],
  [
    'network',
    /no such host|i\/o timeout|connection refused|no route to host|network is unreachable|context deadline exceeded|dial tcp|TLS handshake timeout|EOF$/i,
  ],
  ['denied', /unauthorized|authorization failed|pull access denied|denied:|forbidden|authentication required|no basic auth|insufficient_scope|\b40[13]\b/i],
  ['not-found', /not found|manifest unknown|name unknown|does not exist|\b404\b/i],
  ['invalid-name', /invalid reference format|couldn't parse image/i],
];

/** Sorts the runtime's message about a pull that failed. */
export function classifyPull(reason: string, message: string): PullClass {
  return byReason[reason] ?? byMessage.find(([, pattern]) => pattern.test(message))?.[0] ?? 'unknown';
}
