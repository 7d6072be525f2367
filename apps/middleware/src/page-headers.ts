import type { Page } from '@rushes/core'

/**
 * The headers of every V2 list (H3): totals as decimal text, and `link` in the order next, prev, first, last. The URL keeps
 * the request's query in key order; for a POST it has `page` alone, since a client takes what follows its first `=`.
 */
export function pageHeaders(
  { total, page, page_size }: Page<unknown>,
  url: URL,
  method: string,
): Record<string, string> {
  const pages = Math.max(1, Math.ceil(total / page_size))
  const entry = (number: number, rel: string) => `<${withPage(url, number, method)}>; rel="${rel}"`
  const link = [
    ...(page < pages ? [entry(page + 1, 'next')] : []),
    ...(page > 1 ? [entry(page - 1, 'prev')] : []),
    entry(1, 'first'),
    entry(pages, 'last'),
  ]
  return {
    link: link.join(', '),
    total: String(total),
    'per-page': String(page_size),
    'total-pages': String(pages),
    'page-number': String(page),
  }
}

function withPage(url: URL, page: number, method: string): string {
  const query = method === 'POST' ? new URLSearchParams() : new URLSearchParams(url.search)
  query.set('page', String(page))
  query.sort()
  return `${url.origin}${url.pathname}?${query}`
}
