/** What may be looked at in the page; more is downloaded. Bytes. */
export const mostReadable = 1024 * 1024;

/** The text of a file; null for one that is none. */
export async function readableText(content: Blob): Promise<string | null> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
