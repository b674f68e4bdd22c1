/** Strokes on a field of 24 by 24. */
const shapes = {
  microphone: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11v1a7 7 0 0 0 14 0v-1M12 19v3',
  muted: 'M9 9v3a3 3 0 0 0 4.6 2.5M15 11V6a3 3 0 0 0-5.7-1.3M5 11v1a7 7 0 0 0 10.6 6M19 11v1a7 7 0 0 1-.6 2.8M12 19v3M3 3l18 18',
  stop: 'M6 6h12v12H6z',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5',
  end: 'M3 15.5c5.5-5 12.5-5 18 0l-2.6 2.6-3.4-1.7v-2.3a13 13 0 0 0-6 0v2.3l-3.4 1.7Z',
  play: 'M8 5.5v13l10.5-6.5Z',
  slow: 'M12 7.5V12l3 2M4.5 12a7.5 7.5 0 1 0 2.2-5.3M4.5 4.5v3.3h3.3',
  voice: 'M4 10v4M8 7v10M12 4v16M16 7v10M20 10v4',
  send: 'M4 12h15M13 6l6 6-6 6',
  system: 'M4 5h16v11H4ZM9 20h6M12 16v4',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
} as const;

export type IconName = keyof typeof shapes;

/** A sign beside a word, for the eye alone. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" data-icon={name} viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
