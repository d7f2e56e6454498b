import { cleanText } from './clean-text.ts';

/**
 * Text of a cluster as data: between lines with a mark that was made at random for this answer and stands nowhere in it,
 * so that nothing inside can end the block.
 */
export function dataBlock(label: string, text: string, mark: string): string {
  const clean = cleanText(text).replaceAll(mark, '');
  return `<<${mark} ${label}\n${clean}\n${mark}>>`;
}
