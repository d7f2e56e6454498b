/** `organisation` is empty for who belongs to none. Times are epoch milliseconds; `aliases`, `content`, `frame`, `summary`, `details` and `value` are JSON. */
export interface AssistantTables {
  ai_conversations: ConversationRow;
  ai_messages: { id: string; conversation: string; created_at: number; state: string; writer: string | null; content: string };
  ai_frames: { message: string; place: number; frame: string };
  ai_runs: { id: string; user_id: string; organisation: string; message: string | null; at: number; summary: string; details: string };
  ai_feedback: { message: string; rating: string; comment: string; at: number };
  ai_settings: { organisation: string; user_id: string; name: string; value: string };
  /** `entry` is the id of a message, or of the conversation for its title. */
  ai_search: { entry: string; conversation: string; words: string };
}

export interface ConversationRow {
  id: string;
  user_id: string;
  organisation: string;
  title: string;
  cluster: string | null;
  created_at: number;
  updated_at: number;
  head: string | null;
  aliases: string | null;
  shared_sight: string | null;
}
