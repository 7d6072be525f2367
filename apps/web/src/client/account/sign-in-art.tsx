const COLUMNS = 5
const ROWS = 8
const FRAMES = Array.from({ length: COLUMNS * ROWS }, (_, index) => index)
const NOTED = 17
const RIDGE = 'M0 112 L34 92 L58 104 L96 66 L128 98 L150 84 L182 110 L218 80 L262 106 V148 H0z'
const SHORE = 'M0 130 Q66 118 131 128 T262 124 V148 H0z'

/** The frames of a sunrise, one after the other, with a note drawn on one of them: what the product does. */
export function SignInArt() {
  return (
    <div className="sign-in-art" aria-hidden="true">
      <svg viewBox="0 0 900 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <defs>
          <clipPath id="frame">
            <rect width="262" height="148" rx="5" />
          </clipPath>
        </defs>
        <g transform="rotate(-9 450 450) translate(-300 -180)">
          {FRAMES.map((index) => (
            <Frame key={index} index={index} />
          ))}
        </g>
      </svg>
    </div>
  )
}

function Frame({ index }: { index: number }) {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)]
  const risen = index / FRAMES.length
  const noted = index === NOTED
  return (
    <g transform={`translate(${column * 276 + (row % 2) * 60} ${row * 162})`} opacity={noted ? 1 : 0.42}>
      <g clipPath="url(#frame)">
        <rect
          width="262"
          height="148"
          fill={`hsl(${24 + risen * 14} ${58 + risen * 10}% ${7 + risen * 19}%)`}
        />
        <circle cx={92 + risen * 70} cy={118 - risen * 88} r="46" fill="#ffb340" opacity=".13" />
        <circle cx={92 + risen * 70} cy={118 - risen * 88} r="19" fill={`hsl(36 100% ${58 + risen * 14}%)`} />
        <path d={RIDGE} fill="#17120c" />
        <path d={SHORE} fill="#0d0b09" />
      </g>
      {noted && (
        <g fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round">
          <ellipse cx="121" cy="80" rx="42" ry="36" transform="rotate(-8 121 80)" />
          <path d="M226 34 L174 60 m14 -15 l-14 15 l20 5" />
          <rect x="-1" y="-1" width="264" height="150" rx="6" stroke="#ffb340" strokeWidth="3" />
        </g>
      )}
    </g>
  )
}
