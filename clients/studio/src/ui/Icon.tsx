// The icons, drawn on 20 × 20 in the colour of the text around them.
const paths = {
  home: "M3.5 9 10 3.5 16.5 9M5 8v8h3.5v-4.5h3V16H15V8",
  rules: "M3.5 5h13M3.5 10h9M3.5 15h11",
  table: "M3 4.5h14v11H3ZM3 8.5h14M8 4.5v11",
  try: "M6 4.5v11l9-5.5Z",
  scenarios: "m3.5 6 1.5 1.5L8 4.5M10.5 6H17M3.5 13 5 14.5 8 11.5M10.5 13H17",
  review: "M4 4h12v9H9l-3.5 3v-3H4ZM7 7.5h6M7 10h4",
  history: "M4 10a6 6 0 1 0 2-4.5L4 7M4 3.5V7h3.5M10 7v3.5l2.5 1.5",
  insights: "M4 16V10M8 16V5M12 16V8M16 16v-4",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17",
  lock: "M5.5 9h9v7h-9ZM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5 5 15",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  warning: "M10 3.5 17.5 16h-15ZM10 8.5v3.5M10 14h.01",
  undo: "M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.5 4.5 0 0 1 0 9H8",
  redo: "M12.5 4 16 7.5 12.5 11M16 7.5H8.500a4.5 4.5 0 0 0 0 9H12",
  chevron: "m6 8 4 4 4-4",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  person: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 16.500a6 6 0 0 1 12 0",
  pencil: "M4 16l.8-3.200L13 4.600l2.400 2.400-8.200 8.200Z",
  pause: "M7.5 5v10M12.5 5v10",
  panel: "M3 4.500h14v11H3ZM12.500 4.500v11",
  text: "m7 6-4 4 4 4M13 6l4 4-4 4",
  up: "M10 16V4.500M5 9.500l5-5 5 5",
  down: "M10 4v11.500M5 10.500l5 5 5-5",
  copy: "M7.500 7.500h9v9h-9ZM4 12.500v-9h9",
  trash: "M4 6h12M8 6V4h4v2M5.500 6l.700 10.500h7.600L14.500 6",
  quote: "M4.500 5.500h11v8h-6l-3 3v-3h-2Z",
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: what it means has to stand beside it in words. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" data-name={name} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
