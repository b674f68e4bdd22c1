import { defineWords } from '@/lib/language';

export const words = defineWords(
  {
    label: { idle: 'Your partner is waiting', listening: 'Your partner is listening', thinking: 'Your partner is thinking', speaking: 'Your partner is speaking', paused: 'Your partner has paused' },
    ownHead: 'A head of your own (GLB or VRM)',
    ownHeadHint: 'It needs morph targets with standard names, such as viseme_aa. The file stays in this browser.',
    shown: (name: string) => `Chosen: ${name}`,
    broken: 'This file cannot be shown, so the built-in head stays.',
    builtIn: 'Use the built-in head',
  },
  {
    label: { idle: '您的伙伴在等待', listening: '您的伙伴在听', thinking: '您的伙伴在思考', speaking: '您的伙伴在说话', paused: '您的伙伴停了下来' },
    ownHead: '使用自己的头像（GLB 或 VRM）',
    ownHeadHint: '需要带有标准名称的变形目标，例如 viseme_aa。文件只保存在此浏览器中。',
    shown: (name: string) => `已选择：${name}`,
    broken: '无法显示此文件，继续使用内置头像。',
    builtIn: '使用内置头像',
  },
);
