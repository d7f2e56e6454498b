/** Where browsers find this workbench: each `scheme://host[:port]`, as they write it in an `Origin` header. */
export type ServedOrigins = readonly string[];

/** The names that a loopback server answers to. A foreign name that resolves to 127.0.0.1 (DNS rebinding) is none of them. */
export function loopbackOrigins(port: number, scheme: 'http' | 'https' = 'http'): ServedOrigins {
  return ['127.0.0.1', 'localhost', '[::1]'].map((host) => new URL(`${scheme}://${host}:${port}`).origin);
}
