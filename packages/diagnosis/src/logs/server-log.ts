/**
 * Lines in which a server reports what it refused its clients: PostgreSQL (`… UTC [12] FATAL:`), MySQL (`[MY-010926]`),
 * RabbitMQ (`[error] <0.61.0>`), MongoDB (`"c":"ACCESS"`). They tell of a client's fault, and the server is well.
 */
const written = /\[\d+\](?: \S+)? (?:FATAL|ERROR|LOG|STATEMENT):|\[MY-\d+\]|\[(?:error|warning)\] <\d+\.\d+\.\d+>|"c":"ACCESS"/;

export function isServerLog(line: string): boolean {
  return written.test(line);
}
