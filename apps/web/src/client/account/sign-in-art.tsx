const FRAMES = Array.from({ length: 9 }, (_, index) => index)

/** A strip of frames with a drawn note on one of them: what the product does, as a picture. */
export function SignInArt() {
  return (
    <div className="sign-in-art" aria-hidden="true">
      <svg viewBox="0 0 900 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <defs>
          <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#3a2a14" />
            <stop offset="0.62" stopColor="#8a5a22" />
            <stop offset="0.63" stopColor="#191613" />
            <stop offset="1" stopColor="#0f0e0d" />
          </linearGradient>
        </defs>
        <g transform="rotate(-11 450 450)">
          {FRAMES.map((row) => (
            <g key={row} transform={`translate(${row % 2 ? -70 : -180} ${row * 178 - 330})`}>
              {FRAMES.slice(0, 5).map((column) => (
                <g
                  key={column}
                  transform={`translate(${column * 278} 0)`}
                  opacity={row === 4 && column === 2 ? 1 : 0.26}
                >
                  <rect width="262" height="148" rx="6" fill="url(#sky)" />
                  <circle
                    cx={60 + ((row * 53 + column * 71) % 150)}
                    cy={94}
                    r="20"
                    fill="#ffb340"
                    opacity=".75"
                  />
                  <path
                    d={`M0 98 L${60 + column * 18} 62 L${130 + row * 6} 96 L${210 - column * 9} 74 L262 98 V148 H0z`}
                    fill="#141210"
                  />
                </g>
              ))}
            </g>
          ))}
          <g
            transform="translate(376 382)"
            fill="none"
            stroke="#ffb340"
            strokeWidth="5"
            strokeLinecap="round"
          >
            <rect x="34" y="40" width="112" height="72" rx="3" />
            <path d="M222 128 L158 96 m14 -7 l-14 7 l9 14" />
          </g>
        </g>
      </svg>
    </div>
  )
}
