import { Fragment, lazy, memo, useState, type KeyboardEvent } from 'react';
import { Icon, type IconName } from '@/components/Icon';
import { Panel } from '@/components/Panel';
import { useReplaying } from '@/hooks/usePlayback';
import { useVoice } from '@/hooks/useVoice';
import { useWords } from '@/lib/language';
import type { Reply, Segment, Turn, UserPart } from '@/voice/conversation/ConversationState';
import { SpokenText } from './SpokenText';
import { words } from './words';

const TurnFeedback = lazy(() => import('../feedback/TurnFeedback'));
const MarkedText = lazy(() => import('../feedback/MarkedText'));
const slowly = 0.65;

interface Props {
  readonly turn: Turn;
  /** Which of its replies is being heard. */
  readonly heard: number | null;
}

/** What was said, what was answered, and what the coach says of it. Turns that didn't change are not drawn again. */
export const TurnRow = memo(function TurnRow({ turn, heard }: Props) {
  const w = useWords(words);
  return (
    <article className="turn">
      {turn.user && turn.user.text !== '' && <Said turn={turn} user={turn.user} />}
      {turn.feedback && (
        <Panel name={w.feedback} placeholder={null}>
          <TurnFeedback turn={turn} />
        </Panel>
      )}
      {turn.problem && <p className="turn-problem">{turn.problem}</p>}
      {turn.replies.map((reply) => reply.text !== '' && <Answered key={reply.generation} reply={reply} isHeard={reply.generation === heard} />)}
    </article>
  );
});

function Said({ turn, user }: { readonly turn: Turn; readonly user: UserPart }) {
  const w = useWords(words);
  return (
    <div className="said" data-final={user.final}>
      <p className="who">{w.you}</p>
      <p lang="en" className="text">
        {turn.feedback?.final ? (
          <Panel name={w.feedback} placeholder={user.text}>
            <MarkedText turnId={turn.id} text={user.text} feedback={turn.feedback} />
          </Panel>
        ) : (
          <>
            {user.text.slice(0, user.stableLength)}
            <span className="unstable">{user.text.slice(user.stableLength)}</span>
          </>
        )}
      </p>
      {user.perhaps && <p className="quiet">{w.perhaps(user.perhaps)}</p>}
      {turn.id !== null && user.final && !user.typed && <OwnVoice turnId={turn.id} />}
    </div>
  );
}

function OwnVoice({ turnId }: { readonly turnId: string }) {
  const w = useWords(words);
  const voice = useVoice();
  const clip = voice.ownVoice(turnId);
  return clip && <ReplayButton name={`own ${turnId}`} icon="voice" label={w.own} play={(name) => voice.player.play({ name, clip })} />;
}

function Answered({ reply, isHeard }: { readonly reply: Reply; readonly isHeard: boolean }) {
  const w = useWords(words);
  const voice = useVoice();
  const play = (pace: number) => async (name: string) => {
    const clip = voice.replyVoice(reply.generation, 0);
    if (clip) await voice.player.play({ name, clip, pace, of: { generation: reply.generation, sample: 0 } });
  };
  const isOver = reply.state === 'heard' || reply.state === 'cancelled';
  return (
    <div className="answered" data-state={reply.state}>
      <p className="who">{w.tutor}</p>
      <p lang="en" className="text">
        {isHeard ? <SpokenText reply={reply} /> : <Settled reply={reply} />}
      </p>
      {isOver && (reply.samples !== 0 || reply.state === 'cancelled') && voice.replyVoice(reply.generation, 0) !== null && (
        <p className="turn-actions">
          <ReplayButton name={`reply ${reply.generation}`} icon="play" label={w.replay} play={play(1)} />
          <ReplayButton name={`slow ${reply.generation}`} icon="slow" label={w.slower} play={play(slowly)} />
        </p>
      )}
    </div>
  );
}

/** A reply that was heard can be heard again sentence by sentence; one that was interrupted shows what was not heard any more. */
function Settled({ reply }: { readonly reply: Reply }) {
  const w = useWords(words);
  const { text, heardText, state } = reply;
  if (state === 'heard' && reply.segments.length > 0) return <Sentences reply={reply} />;
  const heard = state === 'cancelled' && heardText !== null && text.startsWith(heardText) ? heardText.length : text.length;
  if (heard === text.length) return text;
  return (
    <>
      {text.slice(0, heard)}
      <s className="quiet">{text.slice(heard)}</s> <em className="quiet">({w.interrupted})</em>
    </>
  );
}

/** The clauses of a reply, as the voice said them. A click says one again; another click on it, slowly. */
function Sentences({ reply: { generation, segments, samples } }: { readonly reply: Reply }) {
  const w = useWords(words);
  const voice = useVoice();
  const [slow, setSlow] = useState<number | null>(null);
  const play = ({ index, sampleOffset }: Segment, next: Segment | undefined) => {
    const clip = voice.replyVoice(generation, sampleOffset, next?.sampleOffset ?? samples ?? undefined);
    const pace = slow === index ? slowly : 1;
    setSlow(slow === index ? null : index);
    if (clip) void voice.player.play({ name: `sentence ${generation} ${index}`, clip, pace, of: { generation, sample: sampleOffset } });
  };
  return segments.map((segment, i) => (
    <Fragment key={segment.index}>
      {/* A button would not break across lines, and the text would move when it has been said. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <span role="button" tabIndex={0} className="sentence" title={w.replaySentence} onClick={() => play(segment, segments[i + 1])} onKeyDown={(event) => isPress(event) && play(segment, segments[i + 1])}>
        {segment.text}
      </span>{' '}
    </Fragment>
  ));
}

function isPress(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  event.preventDefault();
  return true;
}

interface ReplayProps {
  readonly name: string;
  readonly icon: IconName;
  readonly label: string;
  readonly play: (name: string) => Promise<void>;
}

function ReplayButton({ name, icon, label, play }: ReplayProps) {
  const w = useWords(words);
  const { player } = useVoice();
  const plays = useReplaying() === name;
  return (
    <button type="button" className="button quiet small" aria-pressed={plays} onClick={() => (plays ? player.stop() : void play(name))}>
      <Icon name={plays ? 'stop' : icon} />
      {plays ? w.stopReplay : label}
    </button>
  );
}
