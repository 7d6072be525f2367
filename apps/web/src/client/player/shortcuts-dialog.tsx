import { Dialog } from '../ui/dialog.tsx'

const GROUPS: [string, [string, string][]][] = [
  [
    'Play',
    [
      ['Space K', 'Play, pause'],
      ['J L', 'Shuttle; again for 2, 4, 8×'],
      ['⇧J ⇧L', 'Slow shuttle'],
      ['← →', 'One frame (also , .)'],
      ['⇧← ⇧→', 'Ten frames'],
      ['Home End', 'First, last frame'],
      ['Ctrl L', 'Loop'],
    ],
  ],
  [
    'Range',
    [
      ['I O', 'Mark in, out'],
      ['⇧I ⇧O', 'Go to in, out'],
      ['R', 'Range comment from here'],
      ['Esc', 'Clear'],
    ],
  ],
  [
    'Comment',
    [
      ['C', 'Write a comment'],
      ['D P', 'Draw'],
      ['Ctrl Z', 'Undo a stroke'],
      ['Ctrl ⇧Z', 'Redo'],
      ['Enter', 'Send'],
    ],
  ],
  [
    'View',
    [
      ['M', 'Mute'],
      ['Ctrl + −', 'Volume'],
      ['F', 'Full screen'],
      ['[ ]', 'Previous, next file'],
      ['?', 'These keys'],
    ],
  ],
]

export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Keys" wide onClose={onClose}>
      <div className="shortcuts">
        {GROUPS.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((cap) => (
                      <kbd key={cap}>{cap}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
