import { AppError, type ErrorCode } from '@quarterdeck/contract';
import * as z from 'zod';
import type { RequestSubject } from './transport.ts';

/** A Kubernetes `Status`, as failed requests and watch ERROR events carry it. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
  code: z.number().optional(),
  details: z
    .object({
      retryAfterSeconds: z.number().optional(),
      causes: z.array(z.object({ reason: z.string().default(''), message: z.string().default(''), field: z.string().default('') })).optional(),
    })
    .optional(),
});

/** One particular of a refusal, as the server gives it: the field that is wrong, the manager that owns it, the budget in the way. */
type StatusCause = NonNullable<NonNullable<z.infer<typeof statusSchema>['details']>['causes']>[number];

/** The error for a response that is not a success; `body` is its JSON or text, whatever there was. */
export function statusError(httpStatus: number, body: unknown, subject: RequestSubject, retryAfterSeconds: number | null = null): AppError {
  const status = statusSchema.safeParse(body);
  const said = (status.success ? status.data.message : plainSentence(body)) || null;
  const code = (status.success && status.data.code) || httpStatus;
  const retryAfter = retryAfterSeconds ?? (status.success ? (status.data.details?.retryAfterSeconds ?? null) : null);
  const reason = status.success ? status.data.reason : undefined;
  const causes = (status.success && status.data.details?.causes) || [];
  const { code: appCode, message, hint, more } = describe(code, { said, reason: reason ?? null, causes }, subject);
  const details = {
    status: code,
    ...subject,
    ...(reason === undefined ? {} : { reason }),
    ...(causes.length === 0 ? {} : { causes }),
    ...(retryAfter === null ? {} : { retryAfterSeconds: retryAfter }),
    ...more,
  };
  return new AppError(appCode, message, { details, ...(hint === null ? {} : { hint }) });
}

/** One short line of plain text is worth repeating, as Go's servers and proxies send it; a page of HTML is not. */
function plainSentence(body: unknown): string | undefined {
  const text = typeof body === 'string' ? body.trim() : '';
  return /^[^<\n]{1,200}$/.test(text) ? text.replace(/\.$/, '') : undefined;
}

interface Description {
  code: ErrorCode;
  message: string;
  hint: string | null;
  /** `lacks`: the right that is missing; a role must give the verb on the resource, with its subresource. */
  more?: { lacks: { verb: string; resource: string } };
}

interface Refusal {
  said: string | null;
  reason: string | null;
  causes: readonly StatusCause[];
}

function describe(status: number, refusal: Refusal, subject: RequestSubject): Description {
  const { said } = refusal;
  const what = describeSubject(subject);
  switch (status) {
    case 401:
      return {
        code: 'CLUSTER_AUTH_FAILED',
        message: 'The cluster does not accept these credentials.',
        hint: 'They may have expired: renew them, then try again. kubectl auth whoami shows the same.',
      };
    case 403:
      return forbidden(said, subject);
    case 404:
      return notFound(said, subject);
    case 409:
      return { code: 'CONFLICT', message: said ?? `Somebody else changed ${placeOf(subject)} at the same time.`, hint: conflictHint(refusal) };
    case 410:
      return { code: 'GONE', message: `The cluster no longer keeps the history from which to ${what}.`, hint: 'List anew.' };
    case 429:
      return tooMany(refusal);
    default:
      return otherStatus(status, said, what);
  }
}

function notFound(said: string | null, subject: RequestSubject): Description {
  const namespace = /^namespaces "([^"]+)" not found/.exec(said ?? '')?.[1];
  if (namespace !== undefined && subject.resource !== 'namespaces') {
    return { code: 'NOT_FOUND', message: `There is no namespace ${namespace}.`, hint: 'Create the namespace first, or name another one.' };
  }
  // A subresource that the kind does not have: a DaemonSet has no scale.
  const unserved = subject.name === undefined || (subject.resource.includes('/') && said === 'the server could not find the requested resource');
  const message = unserved ? `The cluster does not serve ${subject.resource}.` : `Not found: ${subject.resource} ${placeOf(subject)}.`;
  return { code: 'NOT_FOUND', message, hint: null };
}

/** A missing right is told apart from what a policy, a quota or a webhook refuses to everybody. */
function forbidden(said: string | null, subject: RequestSubject): Description {
  const what = describeSubject(subject);
  if (said !== null && !/ cannot \S+ (resource|path) /.test(said)) {
    const hint = 'A rule of the cluster refuses it (admission, quota or policy), not a missing right: change what it names.';
    return { code: 'FORBIDDEN', message: `The cluster refuses to ${what}: ${said}${said.endsWith('.') ? '' : '.'}`, hint };
  }
  const hint = `Ask for a role with the verb ${subject.verb} on ${subject.resource}. Check: ${canI(subject)}`;
  return { code: 'FORBIDDEN', message: `You may not ${what}.`, hint, more: { lacks: { verb: subject.verb, resource: subject.resource } } };
}

function conflictHint({ reason, causes }: Refusal): string {
  if (causes.some((cause) => cause.reason === 'FieldManagerConflict')) return 'Leave these fields to their owner, or take them over with force.';
  if (reason === 'AlreadyExists') return 'Choose another name, or apply it to change the one that exists.';
  return 'Read it again, then repeat the change.';
}

function invalidHint(said: string | null): string | null {
  if (said === null) return null;
  if (said.includes('immutable')) return 'This field cannot be changed later: leave it as it is, or delete the object and create it anew.';
  if (said.includes('field not declared in schema') || said.includes('unknown field')) return 'Correct the name of the field, or take it out.';
  // All that the server says of a JSON patch that does not fit.
  return said.includes('due to an error in our request') ? 'A test in a JSON patch failed, or a path in it does not exist.' : null;
}

function tooMany({ causes }: Refusal): Description {
  const budget = causes.find((cause) => cause.reason === 'DisruptionBudget');
  if (budget === undefined) return { code: 'RATE_LIMITED', message: 'The cluster is busy and asks to wait.', hint: 'Try again a little later.' };
  return { code: 'RATE_LIMITED', message: `${budget.message}.`, hint: 'Try again when more pods under this budget are ready, or change the budget.' };
}

function otherStatus(status: number, said: string | null, what: string): Description {
  const because = said === null ? '' : `: ${said}`;
  // Server-side apply answers 500 for a field that the schema does not know.
  if (status === 400 || status === 422 || (status === 500 && said?.startsWith('failed to create typed patch object')))
    return { code: 'VALIDATION_ERROR', message: `The cluster refused to ${what}${because}.`, hint: invalidHint(said) };
  if (status === 415) {
    const hint = 'Custom resources take no strategic merge patch: send a merge or a JSON patch.';
    return { code: 'VALIDATION_ERROR', message: `The cluster does not take this form of a change${because}.`, hint };
  }
  const hint = status >= 500 ? 'The API server has a fault or restarts; try again a little later.' : null;
  return { code: 'CLUSTER_ERROR', message: `The cluster could not ${what} (HTTP ${status})${because}.`, hint };
}

function describeSubject(subject: RequestSubject): string {
  if (subject.name !== undefined) return `${subject.verb} ${subject.resource} ${placeOf(subject)}`;
  return `${subject.verb} ${subject.resource}${subject.namespace === null ? '' : ` in the namespace ${subject.namespace}`}`;
}

function placeOf(subject: RequestSubject): string {
  return [subject.namespace, subject.name].filter((part) => part != null).join('/');
}

function canI(subject: RequestSubject): string {
  const isPath = subject.resource.startsWith('/');
  const scope = subject.namespace === null ? ' -A' : ` -n ${subject.namespace}`;
  return `kubectl auth can-i ${subject.verb} ${subject.resource}${isPath ? '' : scope}`;
}
