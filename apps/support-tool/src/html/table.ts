import { type Content, type Html, html } from './html.ts'

interface Column<Row> {
  title: string
  cell: (row: Row) => Content
  /** Figures stand right, so that they compare. */
  figure?: boolean
}

/** A table that scrolls within itself, or a sentence where there is nothing. */
export function table<Row>(rows: readonly Row[], columns: Column<Row>[], nothing: string): Html {
  if (rows.length === 0) return html`<p class="nothing">${nothing}</p>`
  const kind = (column: Column<Row>) => (column.figure ? 'figure' : 'text')
  return html`<div class="scroll" tabindex="0"><table>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>\n`,
  )}</tbody></table></div>`
}

type Tone = 'good' | 'bad' | 'warn' | 'plain'

/** A short state, told by word and colour. */
export function badge(text: string, tone: Tone = 'plain'): Html {
  return html`<span class="badge ${tone}">${text}</span>`
}

/** Part of a page under a heading of its own. */
export function section(id: string, title: string, note: Content, body: Content): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}<small>${note}</small></h2>${body}</section>`
}
