/** Words that a log line or an annotation has no reason to hold: they are aimed at whoever reads it for an assistant. */
const signs: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|system)\b.{0,40}\b(?:instruction|prompt|rule|message|context)/i,
  /\b(?:you are now|act as|new instructions?|system prompt|developer message)\b/i,
  /\b(?:assistant|llm|ai agent|language model|chatbot)\b.{0,60}\b(?:must|should|please|run|execute|delete|call|send)\b/i,
  /<\/?(?:system|assistant|user|instructions?)>|\[\/?INST\]|<\|(?:im_start|im_end|system)\|>/i,
  /\b(?:run|execute|apply)\b.{0,30}\bkubectl\s+(?:delete|exec|drain|scale|patch|apply|create)\b/i,
  /\b(?:propose_change|get_resource|get_logs|list_resources|create_plan)\b/,
  /!\[[^\]]*\]\(\s*(?:https?:)?\/\//i,
];

/** Whether text of a cluster reads like orders to an assistant. Only a hint for people: what holds an attack back does not rest on it. */
export function isSuspicious(text: string): boolean {
  return signs.some((sign) => sign.test(text));
}
