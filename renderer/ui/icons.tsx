/** Line icons, drawn for 24 px. Always beside a word or with a label on their button, so hidden from screen readers. */
const PATHS = {
  alert: 'M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.8v.2',
  arrowLeft: 'M19 12H5m6-6-6 6 6 6',
  arrowRight: 'M5 12h14m-6-6 6 6-6 6',
  check: 'm4.5 12.5 5 5 10-11',
  chevronDown: 'm6 9 6 6 6-6',
  clock: 'M12 7v5l3.5 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  close: 'M6 6l12 12M18 6 6 18',
  compact: 'M3 9h18v6H3zM6 12h5m4 0h3',
  display: 'M3 5h18v11H3zM9 20h6m-3-4v4M8 9v3m4-3v3m4-3v3',
  expand: 'M4 5h16v14H4zM4 9h16m-7 7h4v-4m0 4-4-4',
  erase: 'M21 5H9l-6 7 6 7h12V5Zm-9.500 4.500 5 5m0-5-5 5',
  hand: 'M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-1V4.5a1.5 1.5 0 0 1 3 0V11m0-5a1.5 1.5 0 0 1 3 0v8.5A6.5 6.5 0 0 1 10.500 21C7 21 6 18 4.300 14.500a1.500 1.500 0 0 1 2.600-1.500L8 14.500',
  info: 'M12 11v5m0-8.300v.2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c-5 5.500-5 12.500 0 18 5-5.500 5-12.500 0-18Z',
  link: 'M5 12.500a10 10 0 0 1 14 0M8 15.700a5.600 5.600 0 0 1 8 0M12 19v.2M2 9a14.500 14.500 0 0 1 20 0',
  linkOff:
    'M3 3l18 18M8 15.700a5.600 5.600 0 0 1 8 0M12 19v.2M5 12.500a10 10 0 0 1 4-2.500m6 .2a10 10 0 0 1 4 2.300M2 9a14 14 0 0 1 3.500-2.300m5-1.500A14.500 14.500 0 0 1 22 9',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2',
  more: 'M12 6.200a.6.6 0 1 0 0-1.200.6.6 0 0 0 0 1.200Zm0 6.400a.6.6 0 1 0 0-1.200.6.6 0 0 0 0 1.200Zm0 6.400a.6.6 0 1 0 0-1.200.6.6 0 0 0 0 1.200Z',
  moon: 'M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500Z',
  next: 'M4 6h9m-9 6h7m-7 6h9m3-9 4 3.500-4 3.500',
  note: 'M5 4h14v11l-5 5H5V4Zm14 11h-5v5M8.500 9h7m-7 4h4',
  pause: 'M9 5v14M15 5v14',
  people:
    'M9 12a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-6.500 7.500a6.500 6.500 0 0 1 13 0M15.500 5.300a3.500 3.500 0 0 1 0 6.400m2.500 2.500a6.500 6.500 0 0 1 3.500 5.300',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.500 8.500a7.500 7.500 0 0 1 15 0',
  printer: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  repeat:
    'M4 12a8 8 0 0 1 13.500-5.800L20 8.500M20 4v4.500h-4.500M20 12a8 8 0 0 1-13.500 5.800L4 15.500M4 20v-4.500h4.500',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.500 4.500',
  slip: 'M6 3h12v18l-3-2-3 2-3-2-3 2V3Zm3.500 5.500h5m-5 4h5',
  sound: 'M4 9.500v5h4l5 4v-13l-5 4H4Zm12.500-.5a4.500 4.500 0 0 1 0 6m2.500-8.500a8 8 0 0 1 0 11',
  star: 'm12 3.500 2.600 5.400 5.900.8-4.300 4.100 1 5.900L12 16.900l-5.200 2.800 1-5.900L3.500 9.700l5.900-.8L12 3.500Z',
  stop: 'M7 7h10v10H7zM9 9h6v6H9zM11 11h2v2h-2z',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9ZM12 2v2.500m0 15V22M2 12h2.500m15 0H22M5 5l1.700 1.700m10.600 10.600L19 19M19 5l-1.700 1.700M6.700 17.300 5 19',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  move: 'M4 6h9v12H4zM16 12h5m-2.500-3 3 3-3 3',
  plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0V8Zm6 9v4',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 5l-5 15-3.500-6.500L4 12Z',
  speaker: 'M4 9.500h3.500L12 6v12l-4.500-3.500H4v-5Zm11.500-.5a4.500 4.500 0 0 1 0 6m2.500-8.500a8 8 0 0 1 0 11',
  tools:
    'm14.500 6.500 3-3a4.500 4.500 0 0 1-5.600 6L5 16.500a1.800 1.800 0 0 0 2.500 2.500l7-7a4.500 4.500 0 0 0 6-5.500l-3 3-2.500-.5-.5-2.500Z',
  trash: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 13h8l1-13M10.500 11v5m3-5v5',
  undo: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  upload: 'M12 15V4M7 9l5-5 5 5M5 20h14',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
