import type { Remark } from '../../chat/visit/room.ts';
import type { Refusal } from '../../chat/visit/why.ts';
import type { ChatWords } from './en.ts';

const REFUSALS: Readonly<Record<Exclude<Refusal['type'], 'other'>, (limit: number) => string>> = {
  inside: () => '이미 방에 들어와 있습니다.',
  outside: () => '서버가 당신을 잊어서 다시 들어가는 중입니다.',
  taken: () => '이 방에 같은 이름을 쓰는 사람이 있습니다. 다른 이름을 골라 주세요.',
  'rooms-many': () => '방이 너무 많습니다. 이미 있는 방을 골라 주세요.',
  'room-full': () => '방이 가득 찼습니다. 다른 방을 골라 주세요.',
  'room-empty': () => '방 이름을 적어 주세요.',
  'name-empty': () => '이름을 적어 주세요.',
  'room-long': (limit) => `방 이름은 ${limit}자까지 쓸 수 있습니다.`,
  'name-long': (limit) => `이름은 ${limit}자까지 쓸 수 있습니다.`,
  'room-unfit': () => '방 이름에는 제어 문자를 쓸 수 없습니다.',
  'name-unfit': () => '이름에는 제어 문자를 쓸 수 없습니다.',
  'text-empty': () => '보낼 내용이 없습니다.',
  'text-bytes': (limit) => `메시지는 ${limit}바이트까지 보낼 수 있습니다.`,
  'text-long': (limit) => `메시지는 ${limit}자까지 보낼 수 있습니다.`,
  'too-fast': () => '너무 빠릅니다. 잠시 기다렸다가 다시 보내 주세요.',
};

/** The chat's tab, in Korean. */
export const chat: ChatWords = {
  tab: '채팅',
  title: '여섯 가지 전송 방식으로 하는 채팅',
  lead: '저마다 고른 전송 방식으로 들어와 한 방에서 이야기합니다. 다른 탭이나 휴대전화에서 이 페이지를 열고 다른 방식을 골라 보세요.',
  form: {
    name: '이름',
    room: '방',
    rooms: ['lobby', 'stage', 'café', '서울'],
    transport: '전송 방식',
    join: '들어가기',
    joining: '들어가는 중 …',
  },
  names: {
    polling: '폴링',
    longpoll: '롱 폴링',
    streaming: '스트리밍',
    sse: '서버 전송 이벤트(SSE)',
    websocket: 'WebSocket',
    socketio: 'socket.io',
  },
  manners: {
    polling: '묻고 또 묻습니다',
    longpoll: '한 번 묻고, 서버가 답을 쥐고 기다립니다',
    streaming: '끝나지 않는 응답 하나',
    sse: '브라우저의 EventSource',
    websocket: '연결 하나로 양방향',
    socketio: '폴링으로 시작해 WebSocket으로',
  },
  room: {
    conversation: '대화',
    people: '참여자',
    more: (more) => `외 ${more}명`,
    you: '나',
    count: (count) => `${count}명 참여 중`,
    by: '내 전송 방식',
    leave: '나가기',
    copy: '링크 복사',
    copied: '복사됨',
    nobody: '아직 아무도 말하지 않았습니다.',
    newest: '최근 메시지로',
  },
  presence: { joining: '들어가는 중', in: '연결됨', returning: '다시 연결 중', out: '연결 안 됨' },
  box: {
    label: '메시지',
    placeholder: '메시지를 입력하세요',
    send: '보내기',
    hint: 'Enter로 보내고, Shift+Enter로 줄을 바꿉니다.',
    sending: (count) => `${count}개 보내는 중 …`,
    notSent: (text) => `보내지 못했습니다: “${text}”`,
  },
  notice(notice) {
    if (notice.type === 'other') return notice.text;
    return `${notice.name} 님이 ${notice.type === 'came' ? '들어왔습니다' : '나갔습니다'}`;
  },
  refusal: (refusal) => (refusal.type === 'other' ? refusal.text : REFUSALS[refusal.type](refusal.limit)),
  remark: sayRemark,
  history: '들어오기 전의 대화',
  missed: '자리를 비운 사이의 메시지',
  took: (ms) => `${seconds(ms)} 뒤 도착`,
  price: {
    title: '내 전송 방식이 하는 일',
    asked: '요청',
    empty: '그중 헛걸음',
    heard: '메시지',
    sentence: (asked, empty, heard) =>
      `메시지 ${heard}개를 받으려고 ${asked}번 물었고, ${empty}번은 헛걸음이었습니다.`,
    pushed: (heard) => `묻지 않아도 됩니다. 서버가 연결 하나로 메시지 ${heard}개를 밀어 주었습니다.`,
  },
};

function sayRemark(remark: Remark): string {
  switch (remark.type) {
    case 'lost':
      return '연결이 끊겼습니다. 저절로 다시 연결합니다 …';
    case 'switching':
      return `전송 방식 변경: ${chat.names[remark.to]}`;
    case 'back':
      if (remark.missed === null) return '돌아왔습니다. 서버가 기억하는 것보다 많은 말이 오갔을 수 있습니다.';
      return remark.missed === 0
        ? '돌아왔습니다. 그사이에 오간 말은 없습니다.'
        : `돌아왔습니다. 그사이에 메시지 ${remark.missed}개가 있었습니다.`;
    case 'forgotten':
      return '돌아왔습니다. 서버가 새로 시작되어 기억이 없으니, 그사이의 말은 사라졌습니다.';
    case 'resumed':
      return '돌아왔습니다. 자리가 그대로 있었고, 놓친 것은 전송 방식이 가져옵니다.';
    case 'unconfirmed':
      return `도착하지 않았을 수 있습니다: “${remark.text}”`;
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.max(1, Math.round(ms))}ms` : `${(ms / 1000).toFixed(1)}초`;
}
