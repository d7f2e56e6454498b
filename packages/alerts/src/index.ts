export { type AlertRules, openAlertRules } from './alert-rules.ts';
export { type AlertNews, eventAlert, issueAlert, issueMatches, testAlert } from './rule-matches.ts';
export { type SendOptions, sendWebhook } from './webhook/send-webhook.ts';
