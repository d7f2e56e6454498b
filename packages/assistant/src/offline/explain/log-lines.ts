import type { Reason } from './reasons.ts';

/** What a line of a log or a message says in words that many programs share. The narrow ones first. */
export interface KnownLine extends Omit<Reason, 'filter' | 'also'> {
  says: RegExp;
}

export const knownLines: readonly KnownLine[] = [
  {
    name: 'Connection refused',
    says: /ECONNREFUSED|connection refused/i,
    meaning: 'The address answers, but nothing listens on that port.',
    usually: 'The other program is not up yet, crashed, or listens on another port; or the Service has another targetPort.',
    look: 'The Service and the pods behind the name, and their ports.',
  },
  {
    name: 'Name not found',
    says: /ENOTFOUND|EAI_AGAIN|no such host|Name or service not known|Temporary failure in name resolution|could not translate host name/i,
    meaning: 'The name has no address.',
    usually: 'A misspelt Service name, a Service in another namespace (use NAME.NAMESPACE), or DNS that does not work.',
    look: 'Whether a Service of that name exists in the namespace; then the pods of the cluster DNS.',
  },
  {
    name: 'Timed out',
    says: /ETIMEDOUT|i\/o timeout|timed? ?out|context deadline exceeded|deadline exceeded/i,
    meaning: 'No answer came in time; the packets may not even arrive.',
    usually: 'A NetworkPolicy or firewall that drops them, no ready pod behind the Service, or an overloaded program.',
    look: 'NetworkPolicies of both sides, the EndpointSlice of the Service.',
  },
  {
    name: 'Connection reset',
    says: /ECONNRESET|connection reset by peer|broken pipe|EPIPE/i,
    meaning: 'The other side closed the connection while it was used.',
    usually: 'It was restarted or killed, or a proxy closed an idle connection.',
    look: 'Restarts of the other side at that moment.',
  },
  {
    name: 'Certificate not accepted',
    says: /x509:|certificate (?:has expired|verify failed|signed by unknown)|SSL routines|TLS handshake|self.signed certificate/i,
    meaning: 'The certificate of the other side was not accepted.',
    usually: 'It is over, for another name, or of an authority that the program does not know.',
    look: 'The Secret with the certificate: its names and until when it is good.',
  },
  {
    name: 'Permission denied on a file',
    says: /EACCES|permission denied|read-only file system|EROFS/i,
    meaning: 'The program may not read, write or run that file.',
    usually: 'It runs as another user than the file belongs to (runAsUser, fsGroup), or readOnlyRootFilesystem is on.',
    look: 'securityContext of pod and container, and the mounts.',
  },
  {
    name: 'No space left',
    says: /ENOSPC|no space left on device/i,
    meaning: 'The disk or volume is full.',
    usually: 'Logs or an emptyDir that grew, or a claim that is too small.',
    look: 'What the volume uses; the size of the claim.',
  },
  {
    name: 'Out of memory',
    says: /\bOOM\b|OOMKilled|out of memory|OutOfMemoryError|heap out of memory|Cannot allocate memory/i,
    meaning: 'There was no memory left: in the container by its limit, or in the heap of the runtime.',
    usually: 'A limit below what the program needs, a leak, or a heap size that does not fit the limit.',
    look: 'What it uses beside its limit, and the exit code of its last end.',
  },
  {
    name: 'File not found',
    says: /ENOENT|no such file or directory|exec format error|executable file not found/i,
    meaning: 'A file or program that is wanted is not in the container, or is for another processor.',
    usually: 'A misspelt path, a volume that is not mounted, or an image of another base or architecture.',
    look: 'command, args and mounts of the container.',
  },
  {
    name: 'Address in use',
    says: /EADDRINUSE|address already in use/i,
    meaning: 'Another program has that port already.',
    usually: 'Two containers of the pod on one port, or hostNetwork beside another pod.',
    look: 'The ports of all containers of the pod.',
  },
  {
    name: 'Login refused',
    says: /password authentication failed|access denied for user|authentication failed|invalid (?:username|password|credentials)|WRONGPASS|NOAUTH/i,
    meaning: 'The other side knows the address and refuses the credentials.',
    usually: 'A Secret that was changed on one side only, or a variable that a running container has not read again.',
    look: 'The Secret that the variable comes from, and when the pod was started.',
  },
  {
    name: 'Forbidden',
    says: /is forbidden: User|cannot (?:get|list|watch|create|update|patch|delete) resource|\b403\b/i,
    meaning: 'Who asks is known and not allowed to.',
    usually: 'No Role or ClusterRole with that verb and resource is bound to the ServiceAccount.',
    look: 'The bindings of the ServiceAccount of the pod.',
  },
];
