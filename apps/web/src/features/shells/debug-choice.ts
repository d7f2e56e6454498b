import { type DebugProfile, defaultDebugImage } from '@quarterdeck/contract';

/** What somebody decides of a debug container. */
export interface DebugChoice {
  image: string;
  profile: DebugProfile;
}

const storageKey = 'quarterdeck.debugImage';

/** What was taken the last time; else one that the node has and that has a shell; else the usual one. */
export function firstImage(onNode: readonly string[]): string {
  return localStorage.getItem(storageKey) ?? onNode.find((name) => /\b(busybox|alpine|netshoot)\b/.test(name)) ?? defaultDebugImage;
}

export function rememberImage(image: string): void {
  localStorage.setItem(storageKey, image);
}
