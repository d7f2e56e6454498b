import { enforcedProfile, profileViolations, violationText } from '../admission/pod-security-profile.ts';
import { defineTemplateLint } from './define-lint.ts';

export const podSecurityBreaks = defineTemplateLint({
  code: 'pod-security-breaks-later',
  title: 'Running pods that their namespace would no longer let in',
  documentation:
    'The namespace enforces a Pod Security profile that the template breaks. Pods that were made before the label run on; the next rollout, restart or drain finds that no new one may be created. Meet the profile in the template, or move the workload.',
  severity: 'low',
  silentWhen: 'The label only warns or audits; where pods are already refused there is an issue, which says it louder.',
  *check({ holder, spec, path }, view) {
    const profile = enforcedProfile(view.get('Namespace', null, holder.namespace ?? ''));
    for (const violation of profile === null ? [] : profileViolations(profile, spec))
      yield { path, message: `Profile ${profile} refuses new pods: ${violationText(violation)}.` };
  },
});

export const podSecurityChecks = [podSecurityBreaks];
