/** Until when the certificates of a bundle are valid, as far as X.509 has to be read for that. */
export interface BundleValidity {
  certificates: number;
  /** Epoch milliseconds at which the last of them ends: after it none can be verified. */
  until: number;
}

/** Reads a caBundle (PEM in base64). Null where it holds no certificate that can be read. */
export function bundleValidity(caBundle: string): BundleValidity | null {
  const pem = decoded(caBundle);
  const blocks = [...(pem ?? '').matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)];
  const ends = blocks.flatMap(([, body = '']) => notAfter(decoded(body.replaceAll(/\s/g, '')) ?? '') ?? []);
  return ends.length === 0 ? null : { certificates: ends.length, until: Math.max(...ends) };
}

function decoded(base64: string): string | null {
  try {
    return atob(base64);
  } catch {
    return null; // No base64: there is no certificate in it either.
  }
}

interface Element {
  tag: number;
  from: number;
  to: number;
}

const sequence = 0x30;

/** The element of DER at a position; null where the text ends before it does. */
function elementAt(der: string, at: number): Element | null {
  const first = der.charCodeAt(at + 1);
  const long = first > 0x80 ? first - 0x80 : 0;
  let length = long === 0 ? first : 0;
  for (let i = 0; i < long; i++) length = length * 256 + der.charCodeAt(at + 2 + i);
  const from = at + 2 + long;
  return Number.isNaN(length) || from + length > der.length ? null : { tag: der.charCodeAt(at), from, to: from + length };
}

function childrenOf(der: string, { from, to }: Element): Element[] {
  const children: Element[] = [];
  for (let at = from; at < to; ) {
    const child = elementAt(der, at);
    if (child === null) return children;
    children.push(child);
    at = child.to;
  }
  return children;
}

/** Certificate → TBSCertificate → the first sequence of two times (RFC 5280, 4.1): the validity. */
function notAfter(der: string): number | null {
  const certificate = elementAt(der, 0);
  const body = certificate === null ? undefined : childrenOf(der, certificate)[0];
  for (const child of body === undefined ? [] : childrenOf(der, body)) {
    const times = child.tag === sequence ? childrenOf(der, child).filter(({ tag }) => tag === utcTime || tag === generalizedTime) : [];
    const [, end] = times;
    if (times.length === 2 && end !== undefined) return timeOf(der.slice(end.from, end.to), end.tag);
  }
  return null;
}

const utcTime = 0x17;
const generalizedTime = 0x18;

/** `260504120000Z`, or with four digits of the year. Two digits from 50 on are of the last century. */
function timeOf(text: string, tag: number): number | null {
  const digits = tag === utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}
