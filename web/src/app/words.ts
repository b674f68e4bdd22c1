import { defineWords } from '@/lib/language';

export const words = defineWords(
  {
    talk: 'Talk',
    progress: 'Progress',
    ops: 'Operations',
    notFound: 'There is no such page',
    backToTalk: 'To the conversation',
    broken: 'Parley could not be shown',
    reload: 'Load again',
    skip: 'Skip to the content',
    pages: 'Pages',
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: 'Language',
  },
  {
    talk: '对话',
    progress: '进步',
    ops: '运维',
    notFound: '没有这个页面',
    backToTalk: '返回对话',
    broken: 'Parley 无法显示',
    reload: '重新加载',
    skip: '跳到内容',
    pages: '页面',
    theme: '外观',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    language: '语言',
  },
);
