// Every act that has a key, in the order in which the help shows them. The one list of keys.

export interface KeyAction {
  id: ActionId;
  /** In tinykeys' grammar. */
  keys: readonly string[];
  /** As a person reads it. */
  shown: string;
  /** Whether it also works while typing; single letters never do. */
  whileTyping: boolean;
  /** Whether holding the key repeats it. */
  repeats?: boolean;
}

export type ActionId =
  | "new-report"
  | "place"
  | "landmark"
  | "type"
  | "forward"
  | "mute"
  | "ghost"
  | "prank"
  | "information"
  | "close"
  | "save"
  | "command-line"
  | "next"
  | "previous"
  | "open"
  | "attach"
  | "save-attach"
  | "change"
  | "split"
  | "resolve"
  | "reopen"
  | "yes"
  | "no"
  | "lift"
  | "put-behind"
  | "bring-forward"
  | "surge"
  | "known-event"
  | "alarm"
  | "attend"
  | "watch"
  | "verbal"
  | "history"
  | "units"
  | "help"
  | "leave";

export const ACTIONS: readonly KeyAction[] = [
  { id: "new-report", keys: ["F2"], shown: "F2", whileTyping: true },
  { id: "place", keys: ["F3"], shown: "F3", whileTyping: true },
  { id: "landmark", keys: ["Shift+F3"], shown: "Shift+F3", whileTyping: true },
  { id: "type", keys: ["F4"], shown: "F4", whileTyping: true },
  { id: "forward", keys: ["F6"], shown: "F6", whileTyping: true },
  { id: "mute", keys: ["F7"], shown: "F7", whileTyping: true },
  { id: "attend", keys: ["Shift+F7"], shown: "Shift+F7", whileTyping: true },
  { id: "ghost", keys: ["F8"], shown: "F8", whileTyping: true },
  { id: "prank", keys: ["F9"], shown: "F9", whileTyping: true },
  { id: "information", keys: ["F10"], shown: "F10", whileTyping: true },
  { id: "close", keys: ["F12"], shown: "F12", whileTyping: true },
  { id: "save", keys: ["$mod+Enter"], shown: "Ctrl+Enter", whileTyping: true },
  { id: "save-attach", keys: ["$mod+Shift+Enter"], shown: "Ctrl+Shift+Enter", whileTyping: true },
  { id: "command-line", keys: ["$mod+k"], shown: "Ctrl+K", whileTyping: true },
  { id: "next", keys: ["j"], shown: "j", whileTyping: false, repeats: true },
  { id: "previous", keys: ["k"], shown: "k", whileTyping: false, repeats: true },
  { id: "open", keys: ["Enter"], shown: "Enter", whileTyping: false },
  { id: "attach", keys: ["g"], shown: "g", whileTyping: false },
  { id: "change", keys: ["u"], shown: "u", whileTyping: false },
  { id: "split", keys: ["p"], shown: "p", whileTyping: false },
  { id: "resolve", keys: ["s"], shown: "s", whileTyping: false },
  { id: "reopen", keys: ["o"], shown: "o", whileTyping: false },
  { id: "yes", keys: ["y"], shown: "y", whileTyping: false },
  { id: "no", keys: ["t"], shown: "t", whileTyping: false },
  { id: "lift", keys: ["d"], shown: "d", whileTyping: false },
  { id: "put-behind", keys: ["b"], shown: "b", whileTyping: false },
  { id: "bring-forward", keys: ["m"], shown: "m", whileTyping: false },
  { id: "surge", keys: ["r"], shown: "r", whileTyping: false },
  { id: "known-event", keys: ["e"], shown: "e", whileTyping: false },
  { id: "watch", keys: ["l"], shown: "l", whileTyping: false },
  { id: "alarm", keys: ["n"], shown: "n", whileTyping: false },
  { id: "verbal", keys: ["v"], shown: "v", whileTyping: false },
  { id: "history", keys: ["h"], shown: "h", whileTyping: false },
  { id: "units", keys: ["a"], shown: "a", whileTyping: false },
  { id: "help", keys: ["Shift+?", "?"], shown: "?", whileTyping: false },
  { id: "leave", keys: ["Escape"], shown: "Esc", whileTyping: true },
];
