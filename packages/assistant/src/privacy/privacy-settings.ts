import * as z from 'zod';

/**
 * What may leave for a model. What is switched off does not: names are replaced by aliases that are put back in the
 * answer, logs are left out. Secrets never leave, whatever is set here.
 */
export const privacySettingsSchema = z.strictObject({
  /** The names of clusters and nodes, their addresses and hosts, e-mail addresses, and what is told of the cluster as a whole. */
  sendClusterMetadata: z.boolean(),
  /** The names of namespaces and of all objects but pods. */
  sendResourceNames: z.boolean(),
  sendLogs: z.boolean(),
  sendPodNames: z.boolean(),
});

export type PrivacySettings = z.infer<typeof privacySettingsSchema>;
export type PrivacySwitch = keyof PrivacySettings;

export const defaultPrivacySettings: PrivacySettings = { sendClusterMetadata: true, sendResourceNames: true, sendLogs: true, sendPodNames: true };

/** A name that its source knows of, as it stands in texts. */
export interface KnownName {
  name: string;
  /** `Pod`, `Deployment`, `Server` …: decides the first letters of its alias. */
  kind: string;
  /** The switch that it leaves with. */
  leavesWith: Exclude<PrivacySwitch, 'sendLogs'>;
}
