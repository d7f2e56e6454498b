/** What is wrong with a text that is no image name, and the name that was meant where only that is in the way. */
export interface ImageNameFault {
  reason: string;
  meant: string | null;
}

/** Source: the reference grammar of distribution/reference. */
export function imageNameFault(image: string): ImageNameFault | null {
  const [name = '', digest] = image.split('@');
  const repository = name.slice(0, tagAt(name) ?? name.length);
  if (/\s/.test(image)) return { reason: 'it contains white space', meant: image.replaceAll(/\s+/g, '') };
  if (/^[a-z]+:\/\//i.test(image)) return { reason: 'it begins with a URL scheme', meant: image.replace(/^[a-z]+:\/\//i, '') };
  if (/\$\{?\(?[A-Za-z_]|\{\{/.test(image)) return { reason: 'a template variable was not filled in', meant: null };
  if (/[A-Z]/.test(repository)) return { reason: 'its repository contains capital letters', meant: image.replace(repository, repository.toLowerCase()) };
  if (/::/.test(name)) return { reason: 'it has two colons before its tag', meant: image.replace('::', ':') };
  if (name.endsWith(':')) return { reason: 'its tag is empty', meant: null };
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return { reason: 'its digest is not sha256: and 64 hexadecimal digits', meant: null };
  return repository.includes('//') ? { reason: 'it has an empty part between two slashes', meant: image.replaceAll(/\/{2,}/g, '/') } : null;
}

/** Where the tag begins; null where there is none. */
function tagAt(name: string): number | null {
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? colon : null;
}
