/** Whether a text is not a program's but the node's: it answers with success and a sentence where the runtime has no log. */
export function saysLogIsMissing(text: string): boolean {
  return /^(unable to retrieve container logs for|failed to try resolving symlinks in path|Error grabbing logs:)/.test(text);
}
