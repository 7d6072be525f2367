import {
  ChevronFirst,
  Expand,
  Gauge,
  Keyboard,
  Pause,
  Play,
  Repeat,
  Settings2,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react'
import { type RefObject, useState } from 'react'
import { useTransport, useTransportState } from '../media/use-transport.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, MenuItem } from '../ui/menu.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { useSource } from './source-context.tsx'
import { TimecodeField } from './timecode-field.tsx'

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

export function Controls({ player }: { player: RefObject<HTMLElement | null> }) {
  const transport = useTransport()
  const loop = useTransportState((state) => state.loop)
  const [help, setHelp] = useState(false)
  return (
    <div className="controls">
      <IconButton label="To the start" onClick={() => transport.seek(0)}>
        <ChevronFirst size={19} />
      </IconButton>
      <IconButton label="One frame back" hint="←" onClick={() => transport.step(-1)}>
        <StepBack size={17} />
      </IconButton>
      <PlayButton />
      <IconButton label="One frame on" hint="→" onClick={() => transport.step(1)}>
        <StepForward size={17} />
      </IconButton>
      <IconButton label="Loop" hint="Ctrl+L" aria-pressed={loop} onClick={transport.toggleLoop}>
        <Repeat size={17} />
      </IconButton>
      <VolumeControl />
      <TimecodeField />
      <SpeedMenu />
      <QualityMenu />
      <IconButton label="Keys" hint="?" onClick={() => setHelp(true)}>
        <Keyboard size={18} />
      </IconButton>
      <IconButton label="Full screen" hint="F" onClick={() => toggleFullscreen(player.current)}>
        <Expand size={17} />
      </IconButton>
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </div>
  )
}

export function toggleFullscreen(element: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void element?.requestFullscreen()
}

function PlayButton() {
  const transport = useTransport()
  const moving = useTransportState((state) => state.playing || state.shuttle !== 0)
  const shuttle = useTransportState((state) => state.shuttle)
  return (
    <>
      <IconButton className="play" label={moving ? 'Pause' : 'Play'} hint="Space" onClick={transport.toggle}>
        {moving ? <Pause size={20} fill="currentColor" /> : <Play size={20} fill="currentColor" />}
      </IconButton>
      {shuttle !== 0 && <span className="shuttle mono">{shuttle}×</span>}
    </>
  )
}

function VolumeControl() {
  const transport = useTransport()
  const volume = useTransportState((state) => state.volume)
  const muted = useTransportState((state) => state.muted)
  const silent = muted || volume === 0
  return (
    <span className="volume">
      <IconButton
        label={silent ? 'Sound on' : 'Mute'}
        hint="M"
        onClick={() => transport.setVolume(volume || 1, !silent)}
      >
        {silent ? <VolumeX size={18} /> : <Volume2 size={18} />}
      </IconButton>
      <input
        type="range"
        aria-label="Volume"
        min={0}
        max={1}
        step={0.05}
        value={silent ? 0 : volume}
        onChange={(event) => transport.setVolume(Number(event.target.value))}
      />
    </span>
  )
}

function SpeedMenu() {
  const transport = useTransport()
  const speed = useTransportState((state) => state.speed)
  const face = speed === 1 ? <Gauge size={18} /> : <span className="mono small">{speed}×</span>
  return (
    <Menu label={`Speed: ${speed}×`} face={face} side="above" align="right">
      {SPEEDS.map((choice) => (
        <MenuItem key={choice} checked={choice === speed} onSelect={() => transport.setSpeed(choice)}>
          {choice}×
        </MenuItem>
      ))}
    </Menu>
  )
}

function QualityMenu() {
  const { source, quality, choose } = useSource()
  if (!source || source.qualities.length < 2) return null
  return (
    <Menu label="Quality" face={<Settings2 size={18} />} side="above" align="right">
      {source.qualities.map(({ id, label }) => (
        <MenuItem key={id} checked={id === quality} onSelect={() => choose(id)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}
