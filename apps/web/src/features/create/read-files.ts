/** The manifests of some files as one text, and the names of those that are none. */
export async function readFiles(files: readonly File[]): Promise<{ text: string; left: string[] }> {
  const wanted = files.filter(({ name }) => /\.(ya?ml|json)$/i.test(name));
  const texts = await Promise.all(wanted.map((file) => file.text()));
  const left = files.filter((file) => !wanted.includes(file)).map(({ name }) => name);
  return { text: joined(texts), left };
}

/** Documents one after the other, whatever each text begins and ends with. */
export function joined(texts: readonly string[]): string {
  return texts
    .map((text) => text.replace(/^\s*---\s*\n/, '').trimEnd())
    .filter((text) => text !== '')
    .map((text) => `${text}\n`)
    .join('---\n');
}
