import { randomBytes } from 'node:crypto';
import { workerPolicy } from '@quarterdeck/contract';

/** What `npm run build:web` writes into the page wherever a nonce belongs; each answer gets one of its own. */
export const nonceMark = 'QUARTERDECK_NONCE';

/** 128 bits: nobody who wants to put a script into a page guesses it. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

const closed = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];

/** For every answer that is no page: whatever a browser takes it for, nothing in it runs, loads or is framed. */
const closedPolicy = [...closed, 'sandbox'].join('; ');

/**
 * For the page. Scripts and style elements are ours when they carry the nonce of this answer; what they load in turn comes
 * from our own origin. No text becomes markup or code (Trusted Types); the one policy that may be made names the scripts of
 * our workers, once (docs/decisions/0026).
 */
export function pagePolicy(nonce: string): string {
  return [
    ...closed,
    `script-src 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${workerPolicy}`,
  ].join('; ');
}

/** Nothing of these is used, so nothing that gets into the page may use it either. */
const refusedFeatures = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'local-fonts',
]
  .concat([
    'magnetometer',
    'microphone',
    'midi',
    'payment',
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'usb',
    'xr-spatial-tracking',
  ])
  .map((feature) => `${feature}=()`)
  .join(', ');

/** On every answer. There is no CORS header anywhere: nobody else's page is meant to read from here. */
const everywhere: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-permitted-cross-domain-policies': 'none',
  'permissions-policy': refusedFeatures,
};

/** A year: whoever came over TLS once never comes without it again. */
const strictTransport = 'max-age=31536000';

/** The answer with what every answer carries. The page brings a policy of its own; `secure` says whether browsers reach us over TLS. */
export function withSecurityHeaders(response: Response, { requestId, secure }: { requestId: string; secure: boolean }): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(everywhere)) headers.set(name, value);
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', closedPolicy);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (secure) headers.set('strict-transport-security', strictTransport);
  headers.set('x-request-id', requestId);
  return new Response(response.body, { status: response.status, headers });
}
