import { ChevronDown } from 'lucide-react'
import type { Label } from '../wire/types.ts'
import { Menu, MenuItem } from './menu.tsx'

export const LABELS: Record<Label, string> = {
  none: 'No status',
  needs_review: 'Needs review',
  in_progress: 'In progress',
  approved: 'Approved',
}

export function LabelDot({ label }: { label: Label }) {
  return <span className="label-dot" data-label={label} title={LABELS[label]} />
}

/** The status of an asset and the choice of another one. */
export function LabelMenu({ label, onChoose }: { label: Label; onChoose(label: Label): void }) {
  const face = (
    <span className="menu-face">
      <LabelDot label={label} />
      <span className="menu-face-text">{LABELS[label]}</span>
      <ChevronDown size={14} />
    </span>
  )
  return (
    <Menu label={`Status: ${LABELS[label]}`} face={face}>
      {(Object.keys(LABELS) as Label[]).map((choice) => (
        <MenuItem key={choice} checked={choice === label} onSelect={() => onChoose(choice)}>
          <LabelDot label={choice} />
          {LABELS[choice]}
        </MenuItem>
      ))}
    </Menu>
  )
}
