/**
 * Gives Node 16 threads for files instead of 4, unless the environment says otherwise: the writes of a few uploads would keep
 * all four, and every other file operation of the process would wait behind them. Node reads it at the first such operation.
 */
process.env.UV_THREADPOOL_SIZE ??= '16'
