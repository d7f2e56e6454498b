/** The value of one cookie in a `Cookie` or `Set-Cookie` header; null where it is not there. */
export function readCookie(header: string, name: string): string | null {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
