import type { ConversationState, Reply, Turn, UserPart } from './ConversationState';

const nothingSaid: UserPart = { text: '', stableLength: 0, final: false, typed: false, words: [], perhaps: null, confidence: null };

// Nothing comes about turns that are older than these, and a long conversation is not searched for each message.
const recent = 64;

function findRecent({ turns }: ConversationState, matches: (turn: Turn) => boolean): number {
  const oldest = Math.max(0, turns.length - recent);
  for (let i = turns.length - 1; i >= oldest; i--) if (matches(turns[i]!)) return i;
  return -1;
}

function emptyTurn(key: string, id: string | null): Turn {
  return { key, id, user: null, replies: [], feedback: null, times: null, problem: null };
}

/** Changes a turn, which is made where there is none. */
export function changeTurn(state: ConversationState, id: string, change: (turn: Turn) => Turn): ConversationState {
  let at = findRecent(state, (turn) => turn.id === id);
  // A typed turn gets its name from the first message about it.
  if (at < 0) at = findRecent(state, (turn) => turn.id === null);
  if (at < 0) return { ...state, turns: [...state.turns, change(emptyTurn(id, id))] };
  const before = state.turns[at]!;
  const after = change(before.id === id ? before : { ...before, id });
  return after === before ? state : { ...state, turns: state.turns.with(at, after) };
}

/** Changes what the user said in a turn. */
export function changeUser(state: ConversationState, id: string, change: (user: UserPart) => UserPart): ConversationState {
  return changeTurn(state, id, (turn) => ({ ...turn, user: change(turn.user ?? nothingSaid) }));
}

/** Changes a reply, if there is one of that generation. */
export function changeReply(state: ConversationState, generation: number, change: (reply: Reply) => Reply): ConversationState {
  const at = findRecent(state, (turn) => turn.replies.some((reply) => reply.generation === generation));
  if (at < 0) return state;
  const turn = state.turns[at]!;
  const replies = turn.replies.map((reply) => (reply.generation === generation ? change(reply) : reply));
  return { ...state, turns: state.turns.with(at, { ...turn, replies }) };
}

/** Begins a reply in a turn; what has begun already goes on. */
export function beginReply(state: ConversationState, id: string, generation: number): ConversationState {
  return changeTurn(state, id, (turn) => {
    if (turn.replies.some((reply) => reply.generation === generation)) return turn;
    const reply: Reply = { generation, text: '', heardText: null, state: 'writing', reason: null, failed: false, segments: [], samples: null };
    return { ...turn, replies: [...turn.replies, reply] };
  });
}

export function addTyped(state: ConversationState, key: string, text: string): ConversationState {
  const user: UserPart = { ...nothingSaid, text, stableLength: text.length, final: true, typed: true };
  return { ...state, suggestions: [], turns: [...state.turns, { ...emptyTurn(key, null), user }] };
}

/** Drops what was being said and never became a turn: nothing was understood, or who spoke on got another turn that holds both. */
export function dropUnfinished(state: ConversationState, except?: string): ConversationState {
  const isKept = (turn: Turn) => turn.user?.final !== false || turn.replies.length > 0 || turn.problem !== null || turn.id === except;
  const newest = state.turns.slice(-recent);
  return newest.every(isKept) ? state : { ...state, turns: [...state.turns.slice(0, -recent), ...newest.filter(isKept)] };
}
