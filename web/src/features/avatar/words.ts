import { defineWords } from '@/lib/language';

export const words = defineWords(
  {
    label: { idle: 'The tutor is waiting', listening: 'The tutor is listening', thinking: 'The tutor is thinking', speaking: 'The tutor is speaking', paused: 'The tutor has paused' },
    ownHead: 'A head of your own (GLB or VRM)',
    ownHeadHint: 'It needs morph targets with standard names, such as viseme_aa. The file stays in this browser.',
    shown: (name: string) => `Chosen: ${name}`,
    broken: 'This file cannot be shown, so the built-in head stays.',
    builtIn: 'Use the built-in head',
  },
  {
    label: { idle: '老师在等待', listening: '老师在听', thinking: '老师在思考', speaking: '老师在说话', paused: '老师停了下来' },
    ownHead: '使用自己的头像（GLB 或 VRM）',
    ownHeadHint: '需要带有标准名称的变形目标，例如 viseme_aa。文件只保存在此浏览器中。',
    shown: (name: string) => `已选择：${name}`,
    broken: '无法显示此文件，继续使用内置头像。',
    builtIn: '使用内置头像',
  },
);
