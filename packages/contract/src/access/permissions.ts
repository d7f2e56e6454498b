/** Everything a person or an agent can be allowed to do. A route names one of these or it does not type-check. */
export const permissions = ['session.read', 'cluster.read', 'cluster.select', 'resource.read', 'issue.read', 'issue.dismiss', 'plan.create'] as const;

export type Permission = (typeof permissions)[number];
